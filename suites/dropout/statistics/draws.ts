import {
  hasFiniteValues,
  requireFinite,
  requireNumbers,
  requireRows,
} from '../../../harness/check/numeric-rows.js';
import { LeftOut } from '../../../harness/check/violation.js';
import type { Call, Subject, Tensor } from '../../../harness/engine/subject.js';
import type { Variable } from '../../../harness/savedmodel/saved-model.js';

/** Outputs of one call, made again and again. */
export type Draws = {
  /** Images of the batch, all different. */
  readonly rows: number;
  /** Columns of the output. */
  readonly units: number;
  /** rows × units values of each draw, row-major. */
  readonly values: readonly Float32Array[];
};

/** One value of one unit. */
export function valueAt({ units, values }: Draws, draw: number, row: number, unit: number): number {
  return values[draw]?.[row * units + unit] ?? Number.NaN;
}

const notFiniteLater = {
  kind: 'not-finite-later',
  of: '',
  text: 'After a few calls, the output holds NaN or infinity',
} as const;

/** Draws of a call, made as they are needed. `perturbed`: variables that are perturbed before. */
export class Drawing {
  readonly #subject: Subject;
  readonly #call: Call;
  readonly #outputs: AsyncGenerator<Tensor, void>;
  readonly #values: Float32Array[] = [];

  constructor(subject: Subject, call: Call, perturbation: ReadonlyMap<Variable, number> = new Map()) {
    this.#subject = subject;
    this.#call = call;
    this.#outputs = subject.again(call, perturbation);
  }

  /**
   * That many draws in total, or those made by `until` (`performance.now()`), at least one.
   * @throws LeftOut where an output has no rows of finite numbers
   */
  async upTo(count: number, until: number): Promise<Draws> {
    while (this.#values.length < count && (this.#values.length === 0 || performance.now() < until)) {
      const { value } = await this.#outputs.next();
      if (value) this.#values.push(await this.#usable(value));
    }
    const { count: rows } = this.#call.batch;
    return {
      rows,
      units: (this.#values[0]?.length ?? 0) / rows,
      values: [...this.#values],
    };
  }

  async #usable(output: Tensor): Promise<Float32Array> {
    requireNumbers(this.#subject, this.#call, output);
    requireRows(this.#subject, this.#call, output);
    if (this.#values.length > 0 && !hasFiniteValues(output)) throw new LeftOut(notFiniteLater);
    await requireFinite(this.#subject, this.#call, output);
    return output.values;
  }
}
