import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutWaiting } from '../../verdict/regular-file.js';
import { unlessAbsent } from '../../verdict/system-error.js';
import { isLfsPointer } from '../lfs-pointer.js';
import { NotASavedModel } from '../refusal.js';
import { explainFolder } from './folder.js';

/** The limit of a protocol buffer message, and of what Node reads at once. */
const maxProtoBytes = 2 ** 31 - 1;

/** Bytes of a folder's `saved_model.pb`. Throws NotASavedModel where there is none, which says what there is instead. */
export async function readProto(folder: string): Promise<Uint8Array> {
  const file = await open(join(folder, 'saved_model.pb'), withoutWaiting).catch(unlessAbsent);
  if (file === undefined) throw await explainFolder(folder);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw await explainFolder(folder);
    if (!stat.isFile()) throw notAFile();
    if (stat.size > maxProtoBytes) throw tooLarge(stat.size);
    const bytes = await file.readFile();
    if (bytes.length === 0) throw empty();
    if (isLfsPointer(bytes)) throw lfsPointer();
    return bytes;
  } finally {
    await file.close();
  }
}

function notAFile(): NotASavedModel {
  return new NotASavedModel(
    'saved_model.pb is a device or pipe, not a file.',
    'Copy or download the model again, or export it again.',
  );
}

function tooLarge(bytes: number): NotASavedModel {
  const size = (bytes / 2 ** 30).toFixed(1);
  return new NotASavedModel(
    `saved_model.pb has ${size} GiB, more than the 2 GiB that a protocol buffer can hold.`,
    'Export the model again with its weights as variables, so that they are stored in variables/ and not as constants in the graph.',
  );
}

function empty(): NotASavedModel {
  return new NotASavedModel(
    'saved_model.pb is empty.',
    'Copy or download the model again, or export it again.',
  );
}

function lfsPointer(): NotASavedModel {
  return new NotASavedModel(
    'saved_model.pb is a Git LFS pointer, not the file itself.',
    'Fetch the file in the repository of the model: git lfs pull',
  );
}
