import fc from 'fast-check';
import { endsOf, settingsTogether } from '../check/settings/values.js';
import type { Contract, Hyperparameter } from '../contract/contract.js';
import type { Arguments } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import { cornersOf } from '../images/corners.js';
import { spaceOf } from '../images/space.js';
import type { Batch, Pattern } from '../verdict/batch.js';

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
    ...atEnds(contract.hyperparameters.filter(({ affects }) => affects === 'inference')).map((args) => ({
      kind: kindOf(args),
      args,
      corners: few,
      random: [],
    })),
  ];
}

/** Each at its smallest and at its largest value, the others left out. */
function atEnds(hyperparameters: readonly Hyperparameter[]): Arguments[] {
  return hyperparameters.flatMap((one) => endsOf(one).map((value) => ({ [one.name]: value })));
}

/** Calls of one kind with training=True. */
export type TrainingCalls = Pick<Calls, 'kind' | 'args'> & { readonly batches: readonly Batch[] };

/** Random batches that both models are trained with, and images in each, at least. */
const [batches, images] = [3, 4];

/** And batches of plain images, where a guard against a division by 0 shows. */
const plain: readonly Pattern[] = ['black', 'flat'];

/** Calls with training=True: without other arguments first, then one with each hyperparameter, and with all of them, at the ends. */
export function trainingCalls(contract: Contract, seed: number): TrainingCalls[] {
  const random = fc.sample(batchesIn(spaceOf(contract, images)), { seed: seed + 2, numRuns: batches });
  const few = random.slice(0, 1);
  const settings = [
    ...atEnds(contract.hyperparameters),
    ...settingsTogether(contract.hyperparameters).slice(1),
  ];
  return [
    {
      args: {},
      batches: [...random, ...plain.flatMap((pattern) => few.map((first) => ({ ...first, pattern })))],
    },
    ...settings.map((args) => ({ args, batches: few })),
  ].map((calls) => {
    const args = { training: true, ...calls.args };
    return { ...calls, args, kind: kindOf(args) };
  });
}

/** `rate=0.5`, as calls in Python have it. */
export function kindOf(args: Arguments): string {
  return Object.entries(args)
    .map(([name, value]) => `${name}=${value === true ? 'True' : value === false ? 'False' : value}`)
    .join(', ');
}
