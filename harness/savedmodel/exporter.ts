import type { Endpoint, PythonValue, SavedModel } from './saved-model.js';

/** What wrote a SavedModel, as far as its files reveal it. */
export type Exporter = {
  readonly name: string;
  /** What of the contract it is known to leave out, as a sentence; undefined where nothing is missing by nature. */
  readonly leavesOut?: string;
  /** What gives a model the `__call__` that it lacks, as sentences. */
  readonly remedy?: string;
};

/** Undefined where nothing tells: a tf.Module that somebody saved, for example. */
export function exporterOf(model: SavedModel): Exporter | undefined {
  return exporters.find(({ wrote }) => wrote(model));
}

type Known = Exporter & { readonly wrote: (model: SavedModel) => boolean };

const fromKerasFile =
  '`assay wrap` of the .keras file prints a Python program that saves the model with `__call__`, its training and its losses';

const fromKeras3 = `${fromKerasFile}; \`assay wrap\` of this folder, for inference only.`;

/** The most specific first. */
const exporters: readonly Known[] = [
  {
    name: 'a server of encoded images, as AutoML and others export them',
    leavesOut: 'It leaves out `__call__`, and takes JPEG or PNG as strings.',
    remedy:
      'Decoding is the job of the code that calls the model: where the model is built, save a tf.Module with a ' +
      '`@tf.function def __call__(self, images, training=False)` that takes the decoded images, float32 [batch, height, width, 3].',
    wrote: (model) => lacksCall(model) && served(model).some(takesEncoded),
  },
  {
    name: 'Keras 3, model.export() or ExportArchive',
    leavesOut:
      'It leaves out `__call__`, the `training` argument and regularization losses. What it serves here runs as in ' +
      'training: it assigns variables.',
    remedy: `${fromKerasFile}. This folder cannot be wrapped: it holds the training alone.`,
    wrote: (model) => isKeras3Export(model) && servesTraining(model),
  },
  {
    name: 'Keras 3, model.export() or ExportArchive',
    leavesOut: 'It leaves out `__call__`, the `training` argument and regularization losses.',
    remedy: fromKeras3,
    wrote: isKeras3Export,
  },
  {
    name: 'tf.saved_model.save of a Keras 3 model',
    leavesOut: 'It leaves out `__call__`, and lists neither variables nor losses.',
    remedy: fromKeras3,
    wrote: (model) => lacksCall(model) && hasAll(model, ['_build_shapes_dict', '_operations']),
  },
  { name: 'Keras 2, model.save()', wrote: (model) => hasAll(model, ['keras_api']) },
  {
    name: 'jax2tf',
    wrote: ({ functions }) =>
      [...functions.values()].some(({ nodes }) => nodes.some(({ op }) => op === 'XlaCallModule')),
  },
];

function isKeras3Export(model: SavedModel): boolean {
  return lacksCall(model) && hasAll(model, ['_all_variables', '_misc_assets']);
}

/**
 * Whether a model without `__call__` can only run as in training, as Keras 3 exports augmentation: then something in it
 * assigns variables, but for what restores them.
 */
export function servesTraining({ functions }: Pick<SavedModel, 'functions'>): boolean {
  return [...functions].some(
    ([name, { nodes }]) =>
      !/traced_(save|restore)/.test(name) && nodes.some(({ op }) => /^Assign(Add|Sub)?VariableOp$/.test(op)),
  );
}

function lacksCall({ methods }: SavedModel): boolean {
  return !methods.has('__call__');
}

function hasAll({ rootNames }: SavedModel, names: readonly string[]): boolean {
  return names.every((name) => rootNames.includes(name));
}

/** What a model without `__call__` is served by. */
function served({ methods, signatures }: SavedModel): readonly Endpoint[] {
  return [methods.get('serve'), signatures.get('serving_default')].filter((one) => one !== undefined);
}

function takesEncoded({ concreteFunctions }: Endpoint): boolean {
  return concreteFunctions
    .flatMap(({ positional, keyword }) => [...positional, ...Object.values(keyword)])
    .some((value: PythonValue) => value.kind === 'tensor' && value.dtype === 'string');
}
