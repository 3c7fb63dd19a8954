import { differenceOf } from '../../harness/check/compare.js';
import { leastRounding } from '../../harness/check/last-bits.js';
import { callMayDraw, drawsUntilSteady } from '../../harness/check/may-draw.js';
import type { Call, ModelFacts, ModelPerturbation } from '../../harness/engine/subject.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';

type Perturbed = Awaited<ReturnType<ModelPerturbation['perturbed']>>;
type Unperturbed = { readonly output: Perturbed; readonly random: boolean };

/** The effect of single variables on the output of one call, and on the regularization losses. */
export class Influence {
  readonly #subject: ModelFacts & ModelPerturbation;
  readonly #all: readonly Variable[];
  readonly #call: Call;
  #unperturbed: Promise<Unperturbed> | undefined;

  /** `all`: the variables that are perturbed. */
  constructor(subject: ModelFacts & ModelPerturbation, all: readonly Variable[], call: Call) {
    this.#subject = subject;
    this.#all = all;
    this.#call = call;
  }

  /** Whether the concrete function of this call captures the variable. @throws CallRefused */
  takes({ nodeId }: Variable): boolean {
    const { batch, args } = this.#call;
    return this.#subject.concreteFunctionFor(batch, args).captures.includes(nodeId);
  }

  /** Whether the output is random, so that a difference shows nothing. @throws CallRefused, CallFailed */
  async isRandom(): Promise<boolean> {
    this.#unperturbed ??= this.#called();
    return (await this.#unperturbed).random;
  }

  /**
   * Perturbed alone; where that shows nothing, together with all others, which activates branches that start at zero.
   * Where the output is random, only the losses count.
   */
  async of(variable: Variable): Promise<boolean> {
    this.#unperturbed ??= this.#called();
    const { output: baseline, random } = await this.#unperturbed;
    if (await this.#changes(baseline, [variable], random)) return true;
    const others = this.#all.filter((one) => one !== variable);
    return this.#changes(await this.#perturbed(others), this.#all, random);
  }

  /**
   * More than rounding, or the same few last bits each time: a variable that cancels in the result, such as the bias of
   * attention's keys, still changes the rounding. One that is not connected changes nothing.
   */
  async #changes(from: Perturbed, variables: readonly Variable[], random: boolean): Promise<boolean> {
    const perturbed = await this.#perturbed(variables);
    if (lossesDiffer(from, perturbed)) return true;
    if (random) return false;
    if (this.#differ(from, perturbed)) return true;
    return !haveSameBits(from, perturbed) && haveSameBits(perturbed, await this.#perturbed(variables));
  }

  async #called(): Promise<Unperturbed> {
    const output = await this.#perturbed([]);
    const times = callMayDraw(this.#subject, this.#call) ? drawsUntilSteady : 1;
    for (let made = 0; made < times; made++)
      if (this.#differ(output, await this.#perturbed([]))) return { output, random: true };
    return { output, random: false };
  }

  #perturbed(variables: readonly Variable[]): Promise<Perturbed> {
    return this.#subject.perturbed(variables, this.#call);
  }

  #differ(one: Perturbed, other: Perturbed): boolean {
    const { values } = one.output;
    const tolerance = leastRounding(this.#subject, this.#call, values);
    return differenceOf(values, other.output.values, tolerance) !== undefined;
  }
}

function lossesDiffer(one: Perturbed, other: Perturbed): boolean {
  return one.losses.some((loss, index) => !Object.is(loss.values[0], other.losses[index]?.values[0]));
}

function haveSameBits(one: Perturbed, other: Perturbed): boolean {
  return one.output.values.every((value, at) => Object.is(value, other.output.values[at]));
}
