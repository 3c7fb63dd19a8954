import type { Contract } from '../contract/contract.js';
import { pythonArguments } from '../engine/resolution.js';
import type { Arguments, Call } from '../engine/subject.js';
import { smallestSize } from '../images/corners.js';
import type { ImagesSpec } from '../savedmodel/call/argument-value.js';
import { resolveCall } from '../savedmodel/call/resolve.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { ConcreteFunction, Endpoint, SavedModel } from '../savedmodel/saved-model.js';
import { compatibleShapes } from '../savedmodel/shape.js';
import { argumentsInWords } from '../verdict/arguments-in-words.js';
import type { Batch } from '../verdict/batch.js';
import type { Cause } from './cause.js';
import { imagesArgumentOf, matchingImages } from './images-argument.js';

/** A call that no concrete function takes, and which of its arguments is to blame. */
export type RefusedCall = Cause & {
  /** In Python's words. */
  readonly message: string;
};

/**
 * Why a call is refused: the images, if no concrete function takes them; else the smallest part of the other arguments
 * that is refused with them, the defaults being the smallest of all. Undefined where the call is taken.
 */
export function refusedCall(
  endpoint: Endpoint,
  contract: Contract,
  images: ImagesSpec,
  args: Arguments = {},
): RefusedCall | undefined {
  const refusal = (part: Arguments) => {
    const resolution = resolveCall(endpoint, images, pythonArguments(part, contract));
    return resolution.kind === 'refused' ? resolution.message : undefined;
  };
  const message = refusal(args);
  if (message === undefined) return undefined;
  if (!takesImages(endpoint, images)) return { ...imagesRefused, message };
  const part = partsOf(args).find((one) => refusal(one) !== undefined) ?? args;
  return { ...blamed(part), message };
}

/** Why the files refuse a call of the endpoint that the spec names; undefined where they take it, or there is none. */
export function refusalOf(model: SavedModel, contract: Contract, call: Call): RefusedCall | undefined {
  const endpoint = namedEndpoint(model, contract);
  return endpoint && refusedCall(endpoint, contract, imagesIn(call.batch), call.args);
}

/** Why no concrete function is called with these arguments, whatever images it takes. */
export function neverTaken(endpoint: Endpoint, contract: Contract, args: Arguments = {}): Cause {
  const taken = endpoint.concreteFunctions.flatMap((one) => matchingImages(one) ?? []);
  const images = taken[0] ?? imagesIn({ count: 1, ...smallestSize(contract) });
  return refusedCall(endpoint, contract, images, args) ?? imagesRefused;
}

/** The concrete function that a call runs, by the files alone; undefined where it is refused. */
export function concreteFunctionIn(
  model: SavedModel,
  contract: Contract,
  { batch, args = {} }: Call,
): ConcreteFunction | undefined {
  const endpoint = namedEndpoint(model, contract);
  const resolution = endpoint && resolveCall(endpoint, imagesIn(batch), pythonArguments(args, contract));
  return resolution?.kind === 'found' ? resolution.concreteFunction : undefined;
}

/** Dtype and shape of what a call is given. */
export function imagesIn({ count, height, width }: Pick<Batch, 'count' | 'height' | 'width'>): ImagesSpec {
  return { dtype: 'float32', shape: [count, height, width, 3] };
}

/** Whatever the other arguments are. */
export const imagesRefused = { kind: 'images-refused', of: '', text: 'The images are refused' } as const;

function takesImages({ concreteFunctions }: Endpoint, { dtype, shape }: ImagesSpec): boolean {
  return concreteFunctions.map(imagesArgumentOf).some((taken) => {
    return taken?.kind === 'tensor' && taken.dtype === dtype && compatibleShapes(taken.shape, shape);
  });
}

/** Every choice of some of the arguments, the smallest first. */
function partsOf(args: Arguments): Arguments[] {
  const parts = Object.entries(args).reduce<Arguments[]>(
    (chosen, [name, value]) => chosen.flatMap((part) => [part, { ...part, [name]: value }]),
    [{}],
  );
  return parts.sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}

function blamed(part: Arguments): Cause {
  const names = Object.keys(part).sort();
  if (names.length === 0)
    return { kind: 'defaults-refused', of: '', text: 'The call with the images alone is refused' };
  const kind = String(names) === 'training' ? 'training-refused' : 'hyperparameter-refused';
  return { kind, of: String(names), text: `The call with ${argumentsInWords(part)} is refused` };
}
