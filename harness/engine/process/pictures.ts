import { imageFormatOf, imageFormats } from '../../images/image-format.js';
import type { Picture } from '../../images/picture.js';
import { isLfsPointer } from '../../savedmodel/lfs-pointer.js';
import { readRegularFile } from '../../verdict/regular-file.js';
import { pictureNames } from '../lowering/picture-names.js';
import type { FedValue, Fetched, SessionRun } from './messages.js';

/** An image file that can't be read or decoded, and why, in a sentence. Says nothing about the model. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

type Result = { tensors: Fetched[]; callMs: number };

/** Image files, decoded by the TensorFlow of a session. */
export class Pictures {
  readonly #run: (run: SessionRun) => Result;
  readonly #tensorflow: string;

  constructor(run: (run: SessionRun) => Result, tensorflow: string) {
    this.#run = run;
    this.#tensorflow = tensorflow;
  }

  /** Height, width and channels, int32 [3]. @throws Unreadable */
  measure(file: string): Result {
    return this.#decode(file, [], pictureNames.ownShape);
  }

  /** Height × width × 3, row-major, in [0, 1]. @throws Unreadable */
  pixelsOf({ file, height, width }: Picture): Float32Array {
    const size = { feed: pictureNames.size, dtype: 'int32', shape: [2], values: [height, width] };
    const [pixels] = this.#decode(file, [size], pictureNames.pixels).tensors;
    return Float32Array.from(pixels?.values ?? []);
  }

  #decode(file: string, values: readonly FedValue[], fetch: string): Result {
    const bytes = bytesOf(file);
    const format = usableFormat(bytes);
    const fed = { feed: pictureNames.file, dtype: 'string', shape: [], values: [bytes] };
    try {
      return this.#run({ values: [fed, ...values], fetch: [fetch] });
    } catch (error) {
      throw new Unreadable(this.#sentence(format, error instanceof Error ? error.message : String(error)));
    }
  }

  #sentence(format: string, message: string): string {
    if (format === 'WebP' && message.includes('Unknown image file format'))
      return `TensorFlow ${this.#tensorflow} cannot decode WebP; 2.20 and later can. Save it as PNG, or choose another with \`--tensorflow\`.`;
    const [words] = message.replace(/^Session fail to run with error: /, '').split('\n');
    const hint =
      format === 'WebP' && /channel/.test(message) ? ' Save it without animation and alpha channel.' : '';
    return `TensorFlow cannot decode this ${format}: ${words?.trim().replace(/\.$/, '')}.${hint}`;
  }
}

/** Of an image file. */
const maxBytes = 2 ** 28;

function bytesOf(file: string): Uint8Array {
  try {
    return readRegularFile(file, maxBytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new Unreadable('It is a folder.');
    if (code === 'EFTYPE') throw new Unreadable('It is not a regular file.');
    throw new Unreadable(`The file cannot be read: ${message}.`);
  }
}

function usableFormat(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new Unreadable('The file is empty.');
  if (isLfsPointer(bytes)) throw new Unreadable('It is a Git LFS pointer; `git lfs pull` fetches the image.');
  const format = imageFormatOf(bytes);
  const wanted = `${imageFormats.slice(0, -1).join(', ')} or ${imageFormats.at(-1)}`;
  if (format === undefined) throw new Unreadable(`It is not an image file; an example is a ${wanted}.`);
  if (imageFormats.some((one) => one === format)) return format;
  throw new Unreadable(`It is ${format}; an example is a ${wanted}.`);
}
