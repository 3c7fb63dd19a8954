import {
  hasFiniteValues,
  requireFinite,
  requireNumbers,
  requireRows,
} from '../../../harness/check/numeric-rows.js';
import { LeftOut, Violation } from '../../../harness/check/violation.js';
import { CallFailed } from '../../../harness/engine/process/failures.js';
import type { Call, Subject, Tensor } from '../../../harness/engine/subject.js';
import type { Variable } from '../../../harness/savedmodel/saved-model.js';

/** Outputs of one call, made again and again. */
export type Draws = {
  /** Images whose rows are judged, all different. */
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

/** Rows that are judged: more say little more, and take long. The last are those beyond a number that the graph names. */
const [firstRows, lastRows] = [32, 96];

const later = { kind: 'not-finite-later', of: '' } as const;

const notFiniteLater = { ...later, text: 'After a few calls, the output holds NaN or infinity' };

const remedy =
  'Keep the state that a call leaves, such as counters and buffers, valid for every later call with the same images.';

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
      const { value } = await this.#next();
      if (value) this.#values.push(await this.#usable(value));
    }
    const rows = Math.min(this.#call.batch.count, firstRows + lastRows);
    return {
      rows,
      units: (this.#values[0]?.length ?? 0) / rows,
      values: [...this.#values],
    };
  }

  /** What fails after it ran once fails by what calls leave behind. */
  async #next(): Promise<IteratorResult<Tensor, void>> {
    try {
      return await this.#outputs.next();
    } catch (error) {
      if (this.#values.length === 0 || !(error instanceof CallFailed)) throw error;
      const where = `call ${this.#values.length + 1} of the same batch`;
      const broken = new Violation({ where, expected: 'an output', actual: error.message, remedy });
      throw new LeftOut({ ...later, text: 'After a few calls, the call fails' }, broken);
    }
  }

  async #usable(output: Tensor): Promise<Float32Array> {
    requireNumbers(this.#subject, this.#call, output);
    requireRows(this.#subject, this.#call, output);
    if (this.#values.length > 0 && !hasFiniteValues(output)) throw new LeftOut(notFiniteLater);
    await requireFinite(this.#subject, this.#call, output);
    return judged(output.values, this.#call.batch.count);
  }
}

/** The values of the first and of the last rows, where there are many: whatever is done to a large batch is done to these. */
function judged(values: Float32Array, count: number): Float32Array {
  if (count <= firstRows + lastRows) return values;
  const units = values.length / count;
  const kept = new Float32Array((firstRows + lastRows) * units);
  kept.set(values.subarray(0, firstRows * units));
  kept.set(values.subarray((count - lastRows) * units), firstRows * units);
  return kept;
}
