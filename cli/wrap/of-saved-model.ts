import { pixelRangeOf } from '../../harness/graph/pixel-range.js';
import { inferenceFirst, isTraining } from '../../harness/savedmodel/inference-first.js';
import { isScores } from '../../harness/savedmodel/is-scores.js';
import type {
  ConcreteFunction,
  Endpoint,
  PythonValue,
  SavedModel,
  TensorSpec,
} from '../../harness/savedmodel/saved-model.js';
import { isIdentifier, textLiteral } from '../../reports/python/literal.js';
import { firstOf, ifTrainedOnBytes, type Wrapper } from './python.js';

/** The wrapper of what a SavedModel offers, `__call__` before all; undefined where nothing in it takes images. */
export function ofSavedModel(model: SavedModel): Wrapper | undefined {
  const [found] = candidatesIn(model).flatMap((candidate) => usable(candidate) ?? []);
  if (!found) return undefined;
  const { endpoint, images } = found;
  // Where it was traced for inference alone, Python refuses training=True.
  const named = endpoint.parameters.some(({ name }) => name === 'training');
  const training = named && endpoint.concreteFunctions.some(isTraining);
  return {
    usage: 'python wrap.py model-folder model-for-hub',
    imports: [],
    given: 'path',
    init: ['self.model = tf.saved_model.load(path)', ...listsOf(model, found, training)],
    training,
    call: [
      ...scaled(model, found),
      ...prepared(images),
      `outputs = ${calleeOf(found)}(${passed(found)}${training ? ', training=training' : ''})`,
      ...returned(found.concreteFunction),
    ],
    sizes: sizesOf(endpoint, images),
    functions: [],
    load: 'source',
  };
}

type Candidate = { readonly endpoint: Endpoint; readonly isSignature: boolean };

/** Where one argument goes: by position, by name, or as an entry of a dict. */
type Place =
  | { readonly kind: 'position' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'entry'; readonly key: string };

type Found = Candidate & {
  readonly images: TensorSpec;
  readonly place: Place;
  readonly concreteFunction: ConcreteFunction;
};

/**
 * Of a model that has `__call__`: whether it lacks what a wrapper adds, the range of its pixels or its lists of variables. What
 * is not traced, or computed otherwise, no wrapper mends; further arguments it would hide.
 */
export function isMendable(model: SavedModel, call: Endpoint): boolean {
  const others = call.parameters.slice(1).filter(({ name }) => !['training', 'mask'].includes(name));
  const found = usable({ endpoint: call, isSignature: false });
  if (!found || others.length > 0) return false;
  const lists = [model.listedVariables, model.trainableVariables, model.losses];
  return lists.includes(undefined) || pixelRangeOf(model, found.concreteFunction)?.range === '[0, 255]';
}

function calleeOf({ endpoint, isSignature }: Found): string {
  if (isSignature) return `self.model.signatures[${textLiteral(endpoint.name)}]`;
  return endpoint.name === '__call__' ? 'self.model' : methodOf(endpoint);
}

/** The names of a model are anybody's text: what is no plain name must not become code. */
function methodOf({ name }: Endpoint): string {
  return isIdentifier(name) ? `self.model.${name}` : `getattr(self.model, ${textLiteral(name)})`;
}

/** Scores before an activation, where they are among several outputs: those are what the contract is about. */
function returned({ output }: ConcreteFunction): string[] {
  const names = output.kind === 'dict' ? Object.keys(output.entries) : [];
  const scores = names.find((name) => isIdentifier(name) && isScores(name));
  if (scores === undefined || names.length === 1) return firstOf('outputs');
  return ['# The model gives more than these; the contract is about one.', `return outputs['${scores}']`];
}

/** Methods come before signatures: they have a training argument, if anything does; `__call__` first, then what is served. Private ones are no offer. */
function candidatesIn({ methods, signatures }: SavedModel): Candidate[] {
  const offered = [...methods.values()]
    .filter(({ name }) => name === '__call__' || !name.startsWith('_'))
    .sort((one, other) => rank(one) - rank(other));
  return [
    ...offered.map((endpoint) => ({ endpoint, isSignature: false })),
    ...[...signatures.values()].map((endpoint) => ({ endpoint, isSignature: true })),
  ];
}

function rank({ name }: Endpoint): number {
  const place = ['__call__', 'serve'].indexOf(name);
  return place === -1 ? 2 : place;
}

function usable(candidate: Candidate): Found | undefined {
  for (const concreteFunction of inferenceFirst(candidate.endpoint.concreteFunctions)) {
    const [only, another] = tensorsOf(concreteFunction);
    if (only && !another && isImages(only.images)) return { ...candidate, ...only, concreteFunction };
  }
  return undefined;
}

function tensorsOf({ positional, keyword }: ConcreteFunction): Pick<Found, 'images' | 'place'>[] {
  return [
    ...positional.flatMap((value) => tensorsIn(value, { kind: 'position' })),
    ...Object.entries(keyword).flatMap(([name, value]) => tensorsIn(value, { kind: 'name', name })),
  ];
}

function tensorsIn(value: PythonValue, place: Place): Pick<Found, 'images' | 'place'>[] {
  if (value.kind === 'tensor') return [{ images: value, place }];
  if (value.kind !== 'dict') return [];
  return Object.entries(value.entries).flatMap(([key, one]) => tensorsIn(one, { kind: 'entry', key }));
}

function isImages({ dtype, shape }: TensorSpec): boolean {
  return dtype !== 'string' && (shape === null || shape.length === 4);
}

function isWhole({ dtype }: TensorSpec): boolean {
  return /^u?int/.test(dtype);
}

function isChannelsFirst({ shape }: TensorSpec): boolean {
  return shape?.[1] === 3 && shape[3] !== 3;
}

/** The contract is about pixels from 0 to 1; whole numbers are bytes anyway. */
function scaled(model: SavedModel, { concreteFunction, images }: Found): string[] {
  if (isWhole(images)) return [];
  const pixels = pixelRangeOf(model, concreteFunction);
  return pixels?.range === '[0, 255]'
    ? [`# ${pixels.because}.`, 'images = 255 * images']
    : [ifTrainedOnBytes];
}

function prepared(images: TensorSpec): string[] {
  const whole = isWhole(images);
  return [
    ...(isChannelsFirst(images) ? ['images = tf.transpose(images, [0, 3, 1, 2])'] : []),
    ...(whole ? [`images = tf.cast(tf.round(255 * images), tf.${images.dtype})`] : []),
    ...(whole || images.dtype === 'float32' ? [] : [`images = tf.cast(images, tf.${images.dtype})`]),
  ];
}

function passed({ place }: Found): string {
  switch (place.kind) {
    case 'position':
      return 'images';
    case 'name':
      return isIdentifier(place.name) ? `${place.name}=images` : `**{${textLiteral(place.name)}: images}`;
    case 'entry':
      return `{${textLiteral(place.key)}: images}`;
  }
}

/** All that it was traced for, or the one that allows any. */
function sizesOf({ concreteFunctions }: Endpoint, images: TensorSpec): readonly string[] {
  const taken = concreteFunctions.flatMap((one) => {
    const [only, another] = tensorsOf(one);
    return only && !another && isImages(only.images) ? [sizeOf(only.images)] : [];
  });
  const sizes = [...new Set([sizeOf(images), ...taken])];
  return sizes.includes('None, None') ? ['None, None'] : sizes;
}

function sizeOf(images: TensorSpec): string {
  const first = isChannelsFirst(images) ? 2 : 1;
  return [first, first + 1].map((axis) => images.shape?.[axis] ?? 'None').join(', ');
}

/** Lists that the model itself has, else what a function has of variables. */
function listsOf(model: SavedModel, found: Found, training: boolean): string[] {
  const { listedVariables, trainableVariables, losses } = model;
  const read = (name: string) => `self.${name} = list(self.model.${name})`;
  const trainable = 'self.trainable_variables = [one for one in self.variables if one.trainable]';
  return [
    ...(listedVariables ? [read('variables')] : usedBy(found)),
    ...(trainableVariables ? [read('trainable_variables')] : training ? [trainable] : []),
    ...(losses ? [read('regularization_losses')] : []),
  ];
}

function usedBy(found: Found): string[] {
  if (found.isSignature) return [`self.variables = list(${calleeOf(found)}.variables)`];
  return [
    `functions = ${methodOf(found.endpoint)}.concrete_functions`,
    'used = {id(one): one for each in functions for one in each.variables}',
    'self.variables = list(used.values())',
  ];
}
