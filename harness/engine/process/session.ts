import type { ColorRange } from '../../contract/contract.js';
import { type Images, inColors } from '../../images/picture.js';
import type { Addon } from './addon.js';
import { LastBatch } from './last-batch.js';
import type { FedValue, Fetched, SessionRun } from './messages.js';
import { Pictures } from './pictures.js';

/** A loaded lowered model. */
export class Session {
  readonly #addon: Addon;
  readonly #model: number;
  readonly #colorRange: ColorRange;
  readonly #pictures: Pictures;
  readonly #lastBatch = new LastBatch();
  readonly #beside = new Map<string, Session>();
  #used: readonly number[] = [];

  /** @throws Error when TensorFlow can't load the folder */
  constructor(addon: Addon, folder: string, colorRange: ColorRange) {
    this.#addon = addon;
    this.#model = addon.loadSavedModel(folder, 'serve');
    this.#colorRange = colorRange;
    this.#pictures = new Pictures((run) => this.run(run), addon.TF_Version);
  }

  /** The session that a run is of: this one, or that of a folder beside it, loaded at first use. */
  sessionFor({ in: folder, alone }: SessionRun): Session {
    if (folder === undefined) return this;
    const known = this.#beside.get(folder);
    if (known) return known;
    if (alone) this.#discardBeside();
    const session = new Session(this.#addon, folder, this.#colorRange);
    this.#beside.set(folder, session);
    return session;
  }

  /** Loads another folder and discards it. @throws Error with TensorFlow's message when it can't be loaded */
  tryLoading(folder: string): { tensors: Fetched[]; callMs: number } {
    this.#addon.deleteSavedModel(this.#addon.loadSavedModel(folder, 'serve'));
    return { tensors: [], callMs: 0 };
  }

  /** Height, width and channels of an image file. @throws Unreadable */
  measure(file: string): { tensors: Fetched[]; callMs: number } {
    return this.#pictures.measure(file);
  }

  /** @throws Error with TensorFlow's message when the run fails; Unreadable for an image file */
  run(run: SessionRun): { tensors: Fetched[]; callMs: number } {
    if (run.fetch.length === 0) return { tensors: [], callMs: 0 };
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
   * The memory of fed tensors belongs to JavaScript, and the addon releases it on whichever thread drops it
   * last, which crashes when that is one of TensorFlow's. So tensors are freed one run late, by ours.
   */
  #freeLater(inputs: readonly number[]): void {
    for (const tensor of this.#used) this.#addon.deleteTensor(tensor);
    this.#used = inputs;
  }

  #discardBeside(): void {
    for (const session of this.#beside.values()) session.#discard();
    this.#beside.clear();
  }

  #discard(): void {
    this.#freeLater([]);
    this.#addon.deleteSavedModel(this.#model);
  }

  #fetch(run: SessionRun, inputs: readonly number[]): { tensors: Fetched[]; callMs: number } {
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

  #images(images: Images): number {
    const { count, height, width } = images;
    return this.#addon.createTensor([count, height, width, 3], tfDtype('float32'), this.pixelsOf(images));
  }

  /** The pixels fed to the model: count × height × width × 3, row-major. @throws Unreadable */
  pixelsOf(images: Images): Float32Array {
    const colors = { range: this.#colorRange, order: 'rgb' } as const;
    if (!('file' in images)) return inColors(this.#lastBatch.pixelsOf(images), colors);
    return inColors(this.#pictures.pixelsOf(images), images.colors ?? colors);
  }

  #value({ dtype, shape, values }: FedValue): number {
    const number = tfDtype(dtype);
    if (dtype === 'string') return this.#addon.createTensor(shape, number, values.map(bytesOf));
    const numbers = values.map(Number);
    if (dtype === 'bool') return this.#addon.createTensor(shape, number, Uint8Array.from(numbers));
    return this.#addon.createTensor(
      shape,
      number,
      dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers),
    );
  }
}

function bytesOf(value: FedValue['values'][number]): Uint8Array {
  return value instanceof Uint8Array ? value : new TextEncoder().encode(String(value));
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
