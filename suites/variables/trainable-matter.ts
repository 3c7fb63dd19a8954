import type { Check } from '../../harness/check/check.js';
import { differenceOf } from '../../harness/check/compare.js';
import { namesOf } from '../../harness/check/variable-names.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call, Noise, Subject } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';

export const trainableMatter: Check = {
  id: 'variables/trainable-matter',
  level: 'should',
  demands: 'Each trainable variable SHOULD matter: moving it changes the output or a regularization loss.',
  explain: {
    matters:
      'A trainable variable without effect costs memory and optimizer state, and is often the sign of a branch that was left unconnected.',
    decided:
      'Each floating-point variable of the list is moved from its stored value, alone and, where that shows nothing, together with all others. The output for a few images, at inference or (where nothing there is random) in training, or a regularization loss must change. Of very many variables, as many as the time allows are tried.',
    mend: 'Take variables that the call does not use, such as those of an old head, out of `trainable_variables`, or connect the branch that they belong to.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  applies: ({ fineTuning }, model) => {
    if (!fineTuning || fineTuning.trainableVariables === false)
      return 'The spec declares no trainable variables.';
    return trainableIn(model).length > 0 || 'The model lists no trainable variables.';
  },
  kind: 'measurement',
  measure: async (subject, contract) => {
    const trainable = trainableIn(subject.model);
    const noise = await subject.noise();
    const influences = callsFor(contract).map((call) => new Influence(subject, trainable, call, noise));
    const idle: Variable[] = [];
    const enoughAt = performance.now() + contract.limits.deadlineMs / 2;
    let cases = 0;
    for (const variable of trainable) {
      if (performance.now() > enoughAt) break;
      cases += 1;
      if (!(await mattersIn(influences, variable))) idle.push(variable);
    }
    if (idle.length === 0) {
      const rest = cases < trainable.length ? `; ${trainable.length - cases} were not tried in the time` : '';
      return { status: 'pass', summary: `each of ${cases} matters${rest}`, cases };
    }
    const actual = `no effect of ${namesOf(subject.model, idle)}`;
    return {
      status: 'fail',
      finding: { where: 'trainable variables', expected: 'an effect of each', actual },
      cases: trainable.length,
    };
  },
};

function trainableIn({ trainableVariables = [], variables }: SavedModel): Variable[] {
  const listed = new Set(trainableVariables.map(({ nodeId }) => nodeId));
  return variables.filter(({ nodeId, dtype }) => listed.has(nodeId) && dtype.includes('float'));
}

async function mattersIn(influences: readonly Influence[], variable: Variable): Promise<boolean> {
  for (const influence of influences) if (await influence.of(variable)) return true;
  return false;
}

/** At inference, and in training where there is such a call: some variables are only used there. */
function callsFor(contract: Contract): Call[] {
  const call = callFor(contract);
  return contract.fineTuning?.trainingArgument ? [call, { ...call, args: { training: true } }] : [call];
}

/** Varied images, so that few units are silent on all of them. */
function callFor(contract: Contract): Call {
  const [smallest] = cornersOf(contract);
  const { height, width } = smallest ?? {
    height: contract.imageSize.height.min,
    width: contract.imageSize.width.min,
  };
  return { batch: { count: 4, height, width, pattern: 'mixed', seed: 17 } };
}

type Moved = Awaited<ReturnType<Subject['nudged']>>;

/** Finds whether one variable matters among all of them. */
class Influence {
  readonly #subject: Subject;
  readonly #all: readonly Variable[];
  readonly #call: Call;
  readonly #noise: Noise;
  #still: Promise<Moved | undefined> | undefined;

  constructor(subject: Subject, all: readonly Variable[], call: Call, noise: Noise) {
    this.#subject = subject;
    this.#all = all;
    this.#call = call;
    this.#noise = noise;
  }

  /** Moved alone; where that shows nothing, moved together with all others, which wakes branches that start at zero. */
  async of(variable: Variable): Promise<boolean> {
    this.#still ??= this.#unmoved();
    const still = await this.#still;
    if (still === undefined) return false;
    if (await this.#changes(still, [variable])) return true;
    const others = this.#all.filter((one) => one !== variable);
    return this.#changes(await this.#subject.nudged(others, this.#call), this.#all);
  }

  /**
   * More than noise, or the same few last bits each time: what matters in a sum and cancels in the result, such as the
   * bias of attention's keys, still moves the rounding. What is not connected moves nothing.
   */
  async #changes(from: Moved, variables: readonly Variable[]): Promise<boolean> {
    const moved = await this.#subject.nudged(variables, this.#call);
    if (this.#differ(from, moved)) return true;
    if (haveSameBits(from, moved)) return false;
    return haveSameBits(moved, await this.#subject.nudged(variables, this.#call));
  }

  /** What comes of no move; undefined where that is random, so that nothing can be told from a difference. */
  async #unmoved(): Promise<Moved | undefined> {
    const [one, other] = [
      await this.#subject.nudged([], this.#call),
      await this.#subject.nudged([], this.#call),
    ];
    return this.#differ(one, other) ? undefined : one;
  }

  /** By more than noise. */
  #differ(one: Moved, other: Moved): boolean {
    if (differenceOf(one.output.values, other.output.values, this.#noise)) return true;
    return one.losses.some((loss, index) => !Object.is(loss.values[0], other.losses[index]?.values[0]));
  }
}

function haveSameBits(one: Moved, other: Moved): boolean {
  return one.output.values.every((value, at) => Object.is(value, other.output.values[at]));
}
