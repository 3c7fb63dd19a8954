/** The parts of a wrapper that differ from model to model, as Python. */
export type Wrapper = {
  /** Of the docstring: `python wrap.py m.keras m-for-hub`. */
  readonly usage: string;
  readonly imports: readonly string[];
  /** Arguments of `__init__`, and what `main` passes: the model, or the path of one. */
  readonly given: 'model' | 'path';
  /** Lines of `__init__`. */
  readonly init: readonly string[];
  readonly training: boolean;
  /** Lines of `__call__`. */
  readonly call: readonly string[];
  /** Heights and widths of the images in Python, such as `None, None`. */
  readonly sizes: readonly string[];
  /** Functions at the end of the module. */
  readonly functions: readonly string[];
  /** What loads what `given` names, from `source`. */
  readonly load: string;
};

/** For `__call__`, where nothing tells the range of the pixels. */
export const ifTrainedOnBytes =
  '# Pixels go from 0 to 1. A model that was trained on 0 to 255 needs: images = 255 * images';

/** The end of `__call__`. */
export function firstOf(outputs: string): string[] {
  return [
    '# The first output, where there are several: the contract is about one.',
    `return tf.nest.flatten(${outputs})[0]`,
  ];
}

/** A whole Python program that saves a model with the root object that the contract demands. */
export function program(wrapper: Wrapper): string {
  const { usage, imports, given, init, training, call, sizes, functions, load } = wrapper;
  const parameters = training ? 'self, images, training=False' : 'self, images';
  return [
    '"""Saves a model with the root object that image models of TensorFlow Hub have. Written by `assay wrap`.',
    '',
    `    ${usage}`,
    '"""',
    '',
    'import os',
    'import sys',
    '',
    ...imports,
    'import tensorflow as tf',
    '',
    '',
    'class ForHub(tf.Module):',
    '    # tf.Module makes these properties, which a SavedModel does not keep; attributes it does.',
    '    variables = ()',
    '    trainable_variables = ()',
    '    regularization_losses = ()',
    '',
    `    def __init__(self, ${given}):`,
    '        super().__init__()',
    ...indented(8, init),
    '',
    '    @tf.function',
    `    def __call__(${parameters}):`,
    ...indented(8, call),
    '',
    '    def trace(self):',
    ...indented(8, traced(sizes, training)),
    ...functions.flatMap((text) => ['', '', ...text.split('\n')]),
    '',
    '',
    'source, target = sys.argv[1:]',
    'if os.path.exists(target):',
    "    sys.exit(f'{target} is there already. Name a folder that is not.')",
    `root = ForHub(${load})`,
    'root.trace()',
    'tf.saved_model.save(root, target)',
    '',
  ].join('\n');
}

/** The call, traced for each size and value of `training`. */
function traced(sizes: readonly string[], training: boolean): readonly string[] {
  const [only = 'None, None', ...others] = sizes;
  const size = others.length === 0 ? only : 'height, width';
  const images = `images = tf.TensorSpec([None, ${size}, 3], tf.float32, name='images')`;
  const trace = training
    ? ['for training in (False, True):', '    self.__call__.get_concrete_function(images, training=training)']
    : ['self.__call__.get_concrete_function(images)'];
  if (others.length === 0) return [images, ...trace];
  return [
    `for height, width in (${sizes.map((one) => `(${one})`).join(', ')}):`,
    ...indented(4, [images, ...trace]),
  ];
}

function indented(by: number, lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));
}
