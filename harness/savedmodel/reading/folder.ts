import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessAbsent } from '../../verdict/system-error.js';
import { NotASavedModel, UnsupportedFormat } from '../refusal.js';

/** Why a path without `saved_model.pb` is not a SavedModel: what it looks like, and what to do. */
export async function explainFolder(path: string): Promise<NotASavedModel> {
  const found = await stat(path).catch(unlessAbsent);
  if (found === undefined)
    return refusal(
      `${path} does not exist.`,
      'Check the path: it must name a folder with a saved_model.pb in it, or a .tar.gz of one.',
    );
  if (!found.isDirectory()) return explainFile(path);
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.length === 0) return refusal(`The folder ${path} is empty.`, exportAgain);
  const nested = await nestedModels(path, entries);
  return explainNested(path, nested) ?? explainContents(path, entries);
}

const exportAgain = 'Export the model with tf.saved_model.save(model, folder) and use that folder.';
const exportKeras =
  'Run assay wrap on it: it prints a Python program that exports the model with __call__; model.export(folder) does not.';

/** Other formats of a SavedModel that `hub.load` accepts. */
const readByTensorFlow = /^saved_model\.(pbtxt|cpb)$/;

/** What file names suggest, the most specific first. */
const fileKinds: readonly (readonly [name: RegExp, what: string, remedy: string])[] = [
  [
    /^saved_model\.pbtxt$/,
    'a SavedModel in text format',
    'Convert it: load it in Python with tf.saved_model.load and save it with tf.saved_model.save, which writes saved_model.pb.',
  ],
  [
    /^saved_model\.cpb$/,
    'a SavedModel split into chunks, which only TensorFlow itself reads',
    'Export it with the weights as variables and without experimental_image_format, so that saved_model.pb is written.',
  ],
  [
    /^tfhub_module\.pb$/,
    'a TF1 Hub module',
    'Rebuild the model in TensorFlow 2 and export it with tf.saved_model.save.',
  ],
  [/\.keras$/, 'a Keras model file', exportKeras],
  [/\.(h5|hdf5)$/, 'a Keras HDF5 file', exportKeras],
  [/^model\.json$/, 'a TensorFlow.js model', 'Use the SavedModel that it was converted from.'],
  [/\.tflite$/, 'a TensorFlow Lite model', 'Use the SavedModel that it was converted from.'],
  [/\.onnx$/, 'an ONNX model', 'Use the SavedModel that it was converted from, or convert it to one.'],
  [
    /^keras_metadata\.pb$|^fingerprint\.pb$|^variables$/,
    'a SavedModel whose saved_model.pb is missing',
    'Copy or download the whole folder again.',
  ],
  [
    /\.index$|^checkpoint$|\.data-\d{5}-of-\d{5}$/,
    'a checkpoint, which has the weights of a model but not the model',
    'Build the model in Python, restore the checkpoint and export it with tf.saved_model.save.',
  ],
  [
    /\.pb$/,
    'a frozen graph',
    'Export the model with tf.saved_model.save; a frozen graph has no variables and no __call__.',
  ],
  [
    /\.(tar|tgz|tar\.gz|zip)$/,
    'an archive',
    'Use the archive itself if it is a .tar.gz of a SavedModel, or unpack it and use the folder.',
  ],
];

function explainFile(path: string): NotASavedModel {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (name === 'saved_model.pb')
    return refusal(`${path} is a file of a SavedModel.`, 'Use the folder that contains it.');
  const kind = fileKinds.find(([pattern]) => pattern.test(name));
  if (kind === undefined) return refusal(`${path} is a file, but a SavedModel is a folder.`, exportAgain);
  return refusal(`${path} is a file: ${kind[1]}.`, kind[2]);
}

function explainContents(path: string, entries: readonly Dirent[]): NotASavedModel {
  const names = entries.map(({ name }) => name);
  for (const [pattern, what, remedy] of fileKinds) {
    const name = names.find((candidate) => pattern.test(candidate));
    if (name === undefined) continue;
    const message = `${path} has no saved_model.pb; its ${name} suggests ${what}.`;
    return readByTensorFlow.test(name) ? new UnsupportedFormat(message, remedy) : refusal(message, remedy);
  }
  return refusal(`${path} has no saved_model.pb.`, exportAgain);
}

/** Folders named in a message, at most. */
const maxListedFolders = 4;

function explainNested(path: string, nested: readonly string[]): NotASavedModel | undefined {
  const [only, ...more] = nested;
  if (only === undefined) return undefined;
  if (more.length === 0) {
    return refusal(
      `${path} has no saved_model.pb, but ${only} in it does.`,
      `Did you mean ${join(path, only)}?`,
    );
  }
  const names = nested.slice(0, maxListedFolders).join(', ') + (nested.length > maxListedFolders ? ' …' : '');
  return refusal(
    `${path} has no saved_model.pb, but ${nested.length} folders in it do.`,
    `Did you mean one of them: ${names}?`,
  );
}

/** Names of the direct subfolders with a SavedModel. */
async function nestedModels(path: string, entries: readonly Dirent[]): Promise<readonly string[]> {
  const names = entries.map(({ name }) => name).sort();
  const holds = names.map((name) =>
    stat(join(path, name, 'saved_model.pb')).then(
      (found) => found.isFile(),
      () => false,
    ),
  );
  const found = await Promise.all(holds);
  return names.filter((_, at) => found[at]);
}

function refusal(message: string, remedy: string): NotASavedModel {
  return new NotASavedModel(message, remedy);
}
