import type { Format } from '../kind.js';
import { archiveReader } from './archives.js';
import { arrayReader } from './arrays.js';
import { classListReader } from './class-lists.js';
import { decodedImageReader, imageReader } from './images.js';
import { modelReader } from './models.js';
import type { Place, Reader } from './reader.js';
import { runReader } from './runs.js';
import { specReader } from './specs.js';

/** The reader of each format, as assay has it. */
export const readers: Readonly<Record<Format, (place: Place) => Reader>> = {
  'saved_model.pb': modelReader,
  checkpoint: modelReader,
  spec: specReader,
  'class list': classListReader,
  image: imageReader,
  'decoded image': decodedImageReader,
  npy: arrayReader,
  archive: archiveReader,
  'run.json': runReader,
};
