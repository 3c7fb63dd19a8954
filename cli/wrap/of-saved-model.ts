import { pixelRangeOf } from '../../harness/graph/pixel-range.js';
import type {
  ConcreteFunction,
  Endpoint,
  PythonValue,
  SavedModel,
  TensorSpec,
} from '../../harness/savedmodel/saved-model.js';
import { firstOf, ifTrainedOnBytes, type Wrapper } from './python.js';

/** The wrapper of what a SavedModel offers beside `__call__`; undefined where nothing in it takes images. */
export function ofSavedModel(model: SavedModel): Wrapper | undefined {
  const [found] = candidatesIn(model).flatMap((candidate) => usable(candidate) ?? []);
  if (!found) return undefined;
  const { endpoint, isSignature, images } = found;
  const training = endpoint.parameters.some(({ name }) => name === 'training');
  const callee = isSignature ? `self.model.signatures['${endpoint.name}']` : `self.model.${endpoint.name}`;
  return {
    usage: 'python wrap.py model-folder model-for-hub',
    imports: [],
    given: 'path',
    init: ['self.model = tf.saved_model.load(path)', ...listsOf(model)],
    training,
    call: [
      ...scaled(model, found),
      ...prepared(images),
      `outputs = ${callee}(${passed(found)}${training ? ', training=training' : ''})`,
      ...firstOf('outputs'),
    ],
    size: sizeOf(images),
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

/** Methods come before signatures: they have a training argument, if anything does; first of all what is served. Private ones are no offer. */
function candidatesIn({ methods, signatures }: SavedModel): Candidate[] {
  const offered = [...methods.values()]
    .filter(({ name }) => !name.startsWith('_'))
    .sort((one, other) => Number(other.name === 'serve') - Number(one.name === 'serve'));
  return [
    ...offered.map((endpoint) => ({ endpoint, isSignature: false })),
    ...[...signatures.values()].map((endpoint) => ({ endpoint, isSignature: true })),
  ];
}

function usable(candidate: Candidate): Found | undefined {
  for (const concreteFunction of candidate.endpoint.concreteFunctions) {
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
      return `${place.name}=images`;
    case 'entry':
      return `{${JSON.stringify(place.key)}: images}`;
  }
}

function sizeOf(images: TensorSpec): string {
  const first = isChannelsFirst(images) ? 2 : 1;
  return [first, first + 1].map((axis) => images.shape?.[axis] ?? 'None').join(', ');
}

/** Lists that the model itself has: what is trainable cannot be found out afterwards. */
function listsOf({ listedVariables, trainableVariables, losses, signatures }: SavedModel): string[] {
  const lists: string[] = [];
  const [signature] = signatures.keys();
  if (listedVariables) lists.push('self.variables = list(self.model.variables)');
  else if (signature) lists.push(`self.variables = list(self.model.signatures['${signature}'].variables)`);
  if (trainableVariables) lists.push('self.trainable_variables = list(self.model.trainable_variables)');
  if (losses) lists.push('self.regularization_losses = list(self.model.regularization_losses)');
  return lists;
}
