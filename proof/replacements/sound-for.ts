import type { Contract } from '../../harness/contract/contract.js';
import { specOfModel } from '../material.js';
import { conformingModels } from '../project.js';
import { contractAt } from '../running.js';

/** The conforming model whose contract has most in common with this one: its columns first, then what it offers for training. */
export async function soundFor(contract: Contract): Promise<string> {
  sound ??= Promise.all(
    conformingModels().map(async (model) => [model, await contractAt(specOfModel(model))]),
  );
  let [best, most] = ['', -1];
  for (const [model, other] of await sound) {
    const common = commonOf(contract, other);
    if (common > most) [best, most] = [model, common];
  }
  return best;
}

/** The conforming models, each with its contract; read once. */
let sound: Promise<[string, Contract][]> | undefined;

function commonOf(one: Contract, other: Contract): number {
  const weighed: [unknown, unknown, number][] = [
    [columnsOf(one), columnsOf(other), 8],
    [namesOf(one), namesOf(other), 4],
    [one.fineTuning, other.fineTuning, 2],
    [one.imageSize, other.imageSize, 1],
  ];
  return weighed.reduce(
    (sum, [a, b, weight]) => sum + (JSON.stringify(a) === JSON.stringify(b) ? weight : 0),
    0,
  );
}

function columnsOf({ api, outputSize }: Contract) {
  return [api, outputSize];
}

function namesOf({ hyperparameters }: Contract): string[] {
  return hyperparameters.map(({ name }) => name).sort();
}
