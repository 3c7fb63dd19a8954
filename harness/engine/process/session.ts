import type { ColorRange } from '../../contract/contract.js';
import { inColorRange } from '../../images/color-range.js';
import { pixelsOf } from '../../images/pixels.js';
import type { Batch } from '../../verdict/batch.js';
import type { Addon } from './addon.js';
import type { FedValue, Fetched, Run } from './messages.js';

/** A loaded lowered model. */
export class Session {
  readonly #addon: Addon;
  readonly #model: number;
  readonly #colorRange: ColorRange;
  #used: readonly number[] = [];

  /** @throws Error when TensorFlow can't load the folder */
  constructor(addon: Addon, folder: string, colorRange: ColorRange) {
    this.#addon = addon;
    this.#model = addon.loadSavedModel(folder, 'serve');
    this.#colorRange = colorRange;
  }

  /** Loads another folder and forgets it. @throws Error with TensorFlow's own words when it can't be loaded */
  tryLoading(folder: string): { tensors: Fetched[]; callMs: number } {
    this.#addon.deleteSavedModel(this.#addon.loadSavedModel(folder, 'serve'));
    return { tensors: [], callMs: 0 };
  }

  /** @throws Error with TensorFlow's own words when the run fails */
  run(run: Run): { tensors: Fetched[]; callMs: number } {
    const inputs = [
      ...(run.images ? [this.#images(run.images.batch)] : []),
      ...run.values.map((value) => this.#value(value)),
    ];
    try {
      return this.#fetch(run, inputs);
    } finally {
      this.#freeLater(inputs);
    }
  }

  /**
   * The memory of fed tensors belongs to JavaScript, and the addon gives it back on whichever thread lets go of it
   * last, which crashes when it is one of TensorFlow's. So ours is the last: tensors are freed one run late.
   */
  #freeLater(inputs: readonly number[]): void {
    for (const tensor of this.#used) this.#addon.deleteTensor(tensor);
    this.#used = inputs;
  }

  #fetch(run: Run, inputs: readonly number[]): { tensors: Fetched[]; callMs: number } {
    const names = [...(run.images ? [run.images.feed] : []), ...run.values.map((value) => value.feed)];
    const start = performance.now();
    const outputs = this.#addon.runSavedModel(this.#model, inputs, indexed(names), indexed(run.fetch));
    const callMs = performance.now() - start;
    const tensors = outputs.map(({ id, shape }) => {
      const values = shape.includes(0) ? new Float32Array() : this.#addon.tensorDataSync(id);
      this.#addon.deleteTensor(id);
      return { shape, values };
    });
    return { tensors, callMs };
  }

  #images(batch: Batch): number {
    const pixels = inColorRange(pixelsOf(batch), this.#colorRange);
    return this.#addon.createTensor([batch.count, batch.height, batch.width, 3], tfDtype('float32'), pixels);
  }

  #value({ dtype, shape, values }: FedValue): number {
    const number = tfDtype(dtype);
    const bytes = new TextEncoder();
    if (dtype === 'string')
      return this.#addon.createTensor(
        shape,
        number,
        values.map((text) => bytes.encode(String(text))),
      );
    const numbers = values.map(Number);
    if (dtype === 'bool') return this.#addon.createTensor(shape, number, Uint8Array.from(numbers));
    return this.#addon.createTensor(
      shape,
      number,
      dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers),
    );
  }
}

/** TensorFlow's numbers of the dtypes that are fed. */
const fed: Readonly<Record<string, number>> = { float32: 1, int32: 3, string: 7, bool: 10 };

function tfDtype(name: string): number {
  const number = fed[name];
  if (number === undefined) throw new RangeError(`A value of dtype ${name} cannot be fed.`);
  return number;
}

function indexed(names: readonly string[]): string {
  return names.map((name) => `${name}:0`).join(',');
}
