import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { UserError } from '../verdict/user-error.js';

/** A path that leads to no SavedModel. */
export class NoModel extends UserError {}

/** An address in the place of a path. */
export function explainAddress(address: string): NoModel {
  return new NoModel(
    `${address} is an address, not a path.`,
    'Download the archive and use its path. Only in a spec may `model` be an address, with its `sha256`.',
  );
}

/** A path that leads nowhere. */
export function explainMissing(path: string): NoModel {
  const usual = 'Check the path: it must name a folder with a saved_model.pb in it, or a .tar.gz of one.';
  return new NoModel(`${path} does not exist.`, clueIn(path) ?? usual);
}

/** What is wrong with the spelling of a path that leads nowhere, as a sentence; undefined where nothing shows it. */
export function clueIn(path: string): string | undefined {
  if (/[“”„‘’«»]/.test(path))
    return 'Use straight quotes: " or \'. Those of a word processor are part of the name.';
  if (/\\/.test(path)) return 'Write the path with slashes: /. In WSL, C:\\models is /mnt/c/models.';
  if (existsSync(dirname(path))) return undefined;
  return 'Check the path. If it is the name of a model on Kaggle or Hugging Face, download the model first.';
}

/** A file, which no SavedModel is. */
export function explainFile(path: string): NoModel {
  const name = basename(path);
  if (name === 'saved_model.pb')
    return new NoModel(`${path} is a file of a SavedModel.`, 'Use the folder that contains it.');
  const kind = kindOfFile(name);
  if (kind === undefined) return new NoModel(`${path} is a file, but a SavedModel is a folder.`, exportAgain);
  return new NoModel(`${path} is a file: ${kind.what}.`, kind.remedy);
}

export const exportAgain = 'Export the model with tf.saved_model.save(model, folder) and use that folder.';

/** What the name of a file suggests; undefined for a name of no known kind. */
export function kindOfFile(name: string): { readonly what: string; readonly remedy: string } | undefined {
  const kind = fileKinds.find(([pattern]) => pattern.test(name));
  return kind && { what: kind[1], remedy: kind[2] };
}

const exportKeras =
  'Run assay wrap on it: it prints a Python program that exports the model with __call__; model.export(folder) does not.';

/** What file names suggest, the most specific first. */
export const fileKinds: readonly (readonly [name: RegExp, what: string, remedy: string])[] = [
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
    /\.(pt|pth|ckpt|safetensors)$/,
    'weights without a model',
    'Build the model in TensorFlow, load the weights and export it with tf.saved_model.save.',
  ],
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
