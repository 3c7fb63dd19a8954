import fc from 'fast-check';
import type { Contract } from '../contract/contract.js';
import type { Arguments } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import { cornersOf } from '../images/corners.js';
import { spaceOf } from '../images/space.js';
import type { Batch } from '../verdict/batch.js';

/** Calls of one kind that both models get. */
export type Calls = {
  readonly kind: string;
  readonly args: Arguments;
  /** Tried whatever time they take. */
  readonly corners: readonly Batch[];
  /** As many of them as there is time for. */
  readonly random: readonly Batch[];
};

/** Batches of settings of hyperparameters: each setting has its own. */
const perSetting = 3;

/** The calls that a contract allows at inference: corners and random batches, and some with each hyperparameter at its ends. */
export function inferenceCalls(contract: Contract, seed: number): Calls[] {
  const space = spaceOf(contract);
  const random = fc.sample(batchesIn(space), { seed, numRuns: contract.runs });
  const plain = { kind: 'inference', args: {}, corners: cornersOf(contract), random };
  const few = fc.sample(batchesIn(space), { seed: seed + 1, numRuns: perSetting });
  return [
    plain,
    ...settings(contract).map((args) => ({ kind: kindOf(args), args, corners: few, random: [] })),
  ];
}

function settings({ hyperparameters }: Contract): Arguments[] {
  return hyperparameters
    .filter(({ affects }) => affects === 'inference')
    .flatMap(({ name, type, min, max }) => {
      const ends: (number | boolean | undefined)[] = type === 'bool' ? [true, false] : [min, max];
      return [...new Set(ends)].flatMap((value) => (value === undefined ? [] : [{ [name]: value }]));
    });
}

/** `rate=0.5`, as calls in Python have it. */
export function kindOf(args: Arguments): string {
  return Object.entries(args)
    .map(([name, value]) => `${name}=${value === true ? 'True' : value === false ? 'False' : value}`)
    .join(', ');
}
