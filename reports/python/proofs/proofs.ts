import type { Proof } from '../case.js';
import { comparisons } from './comparisons.js';
import { dropout } from './dropout.js';
import { objects } from './objects.js';
import { outputs } from './outputs.js';
import { tuning } from './tuning.js';

/** How a broken promise is shown in Python, by the id of its check. */
export const proofs: Readonly<Record<string, Proof>> = {
  ...outputs,
  ...comparisons,
  ...dropout,
  ...tuning,
  ...objects,
};

/** Where no call can show it: why not, and what can be done instead. */
export const unshowable: Readonly<Record<string, string>> = {
  'classification/class-index':
    'It is about the list of classes, not about the model: compare its lines with num_classes.',
  'classification/examples':
    'It needs the image of the example: decode it with tf.image.decode_image, convert it with tf.image.convert_image_dtype, and call the model.',
  'input/color-range':
    'It is about color_range in the spec. Calls of the model do not show what it was trained on.',
  'training/many-steps':
    'It needs a sequence of calls: make those that the finding lists under `sequence` in run.json, in order, on one loaded model.',
  'spec/confirmed': 'It is about the spec alone; the finding names the lines.',
  'safety/inside-its-folder': 'It is about paths, and a script would have to load the unsafe model.',
  'safety/no-dangerous-ops': 'A script would run the dangerous operation; the finding names it.',
};
