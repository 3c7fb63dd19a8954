import type { Call, Subject } from '../../../harness/engine/subject.js';
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

/** The output is unusable: its shape or its values are wrong, which other checks report. */
export class Unusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unusable';
  }
}

/** One value of one unit. */
export function valueAt({ units, values }: Draws, draw: number, row: number, unit: number): number {
  return values[draw]?.[row * units + unit] ?? Number.NaN;
}

/** Draws of a call, made as they are needed. `perturbed`: variables that are perturbed before. */
export class Drawing {
  readonly #calls: AsyncGenerator<{ readonly shape: readonly number[]; readonly values: Float32Array }, void>;
  readonly #rows: number;
  readonly #values: Float32Array[] = [];

  constructor(subject: Subject, call: Call, perturbed: ReadonlyMap<Variable, number> = new Map()) {
    this.#calls = subject.again(call, perturbed);
    this.#rows = call.batch.count;
  }

  /**
   * That many draws in total, or those made by `until` (`performance.now()`), at least one.
   * @throws Unusable
   */
  async upTo(count: number, until: number): Promise<Draws> {
    while (this.#values.length < count && (this.#values.length === 0 || performance.now() < until)) {
      const { value } = await this.#calls.next();
      if (value) this.#values.push(usable(value, this.#rows));
    }
    return {
      rows: this.#rows,
      units: (this.#values[0]?.length ?? 0) / this.#rows,
      values: [...this.#values],
    };
  }
}

function usable(
  { shape, values }: { readonly shape: readonly number[]; readonly values: Float32Array },
  rows: number,
): Float32Array {
  if (shape[0] !== rows || values.length === 0 || values.length % rows !== 0)
    throw new Unusable(`The output has shape [${shape.join(', ')}] for ${rows} images.`);
  if (!values.every(Number.isFinite)) throw new Unusable('The output holds NaN or infinity.');
  return values;
}
