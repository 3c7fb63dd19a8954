import type { Endpoint, PythonValue, SavedModel } from './saved-model.js';

/** What wrote a SavedModel, as far as its files reveal it. */
export type Exporter = {
  readonly name: string;
  /** What of the contract it is known to leave out or to break, as a sentence; undefined where there is nothing by nature. */
  readonly leavesOut?: string;
  /** What gives a model the `__call__` that it lacks, as sentences. */
  readonly remedy?: string;
  /** What it serves runs as in training: no wrapper can change that. */
  readonly servesTraining?: true;
  /** The pixels that its models expect, where that is known. */
  readonly pixels?: '[-1, 1]';
};

/** Undefined where nothing tells: a tf.Module that somebody saved, for example. */
export function exporterOf(model: SavedModel): Exporter | undefined {
  return exporters.find(({ wrote }) => wrote(model));
}

type Known = Exporter & { readonly wrote: (model: SavedModel) => boolean };

const fromKerasFile =
  '`assay wrap` of the .keras file prints a Python program that saves the model with `__call__`, its training and its losses';

const fromKeras3 = `${fromKerasFile}; \`assay wrap\` of this folder, for inference only.`;

const wrapFolder =
  '`assay wrap` of this folder prints a Python program that adds `__call__`, for inference only. To be trained, the network ' +
  'itself must be saved, as a tf.Module with variables.';

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
    name: 'Keras 3 ExportArchive, as converters of ONNX and PyTorch models use it',
    leavesOut:
      'It leaves out `__call__` and the `training` argument, and has all weights as constants: nothing in it can be trained.',
    remedy: wrapFolder,
    wrote: (model) => isKeras3Export(model) && model.variables.length === 0,
  },
  {
    name: 'Keras 3, model.export() or ExportArchive',
    leavesOut:
      'It leaves out `__call__`, the `training` argument and regularization losses. What it serves here runs as in ' +
      'training: it assigns variables.',
    remedy: `${fromKerasFile}. This folder cannot be wrapped: it holds the training alone.`,
    servesTraining: true,
    wrote: (model) => isKeras3Export(model) && assignsVariables(model),
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
  {
    name: 'Model Garden, export_saved_model',
    leavesOut: 'It leaves out `__call__`, the `training` argument and all lists, and takes bytes.',
    remedy: wrapFolder,
    wrote: ({ methods }) => [...methods.keys()].some((name) => name.startsWith('inference_from_image')),
  },
  {
    name: 'Keras 2, model.save(), as Teachable Machine does',
    leavesOut:
      "Teachable Machine's models expect pixels from -1 to 1 and give probabilities; the contract wants [0, 1] and scores.",
    pixels: '[-1, 1]',
    wrote: (model) => hasAll(model, ['keras_api']) && isSequentialOfSequentials(model),
  },
  { name: 'Keras 2, model.save()', wrote: (model) => hasAll(model, ['keras_api']) },
  {
    name: 'jax2tf, or another that writes StableHLO',
    wrote: ({ functions }) =>
      [...functions.values()].some(({ nodes }) => nodes.some(({ op }) => op === 'XlaCallModule')),
  },
];

/** Its features and its head are each a Sequential model. */
function isSequentialOfSequentials({ signatures }: SavedModel): boolean {
  const functions = signatures.get('serving_default')?.concreteFunctions ?? [];
  return functions.some(
    ({ keyword, output }) =>
      Object.keys(keyword).some((name) => /^sequential(_\d+)?_input$/.test(name)) &&
      output.kind === 'dict' &&
      Object.keys(output.entries).some((name) => /^sequential(_\d+)?$/.test(name)),
  );
}

function isKeras3Export(model: SavedModel): boolean {
  return lacksCall(model) && hasAll(model, ['_all_variables', '_misc_assets']);
}

/**
 * Whether a model without `__call__` can only run as in training, as Keras 3 exports augmentation: then something in it
 * assigns variables, but for what restores them.
 */
function assignsVariables({ functions }: Pick<SavedModel, 'functions'>): boolean {
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
