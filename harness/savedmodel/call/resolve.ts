import { pythonText } from '../python-text.js';
import type { ConcreteFunction, Endpoint } from '../saved-model.js';
import type { Bound, CallArguments, ImagesSpec, Refused, TensorInput } from './argument-value.js';
import { argumentText } from './argument-value.js';
import { bindCall, bindEmptyCall } from './bind.js';
import { matchConcreteFunction } from './match.js';
import { resolveBare } from './resolve-bare.js';

/** The concrete function that a call runs, with a value for each of its tensors in the order of the function's arguments. */
export type Resolution =
  | {
      readonly kind: 'found';
      readonly concreteFunction: ConcreteFunction;
      readonly tensors: readonly TensorInput[];
    }
  | Refused;

/**
 * Finds what `endpoint(images, **args)` runs, exactly as the object that `hub.load` returns would: the first concrete
 * function that fits, in their listed order, first without and then with conversion of values to tensors. Refused where
 * Python raises TypeError or ValueError; the message names the call and the concrete functions that there are.
 */
export function resolveCall(endpoint: Endpoint, images: ImagesSpec, args: CallArguments): Resolution {
  if (endpoint.kind === 'bare') return resolveBare(endpoint, images, args);
  return resolveBound(endpoint, bindCall(endpoint, images, args));
}

/** Finds what `endpoint()` runs, as the object that `hub.load` returns would. Refused where Python raises. */
export function resolveEmptyCall(endpoint: Endpoint): Resolution {
  const [concreteFunction] = endpoint.concreteFunctions;
  if (endpoint.kind !== 'bare') return resolveBound(endpoint, bindEmptyCall(endpoint));
  if (concreteFunction !== undefined && !takesTensors(concreteFunction))
    return { kind: 'found', concreteFunction, tensors: [] };
  return { kind: 'refused', message: `${endpoint.name} cannot be called without arguments.` };
}

function takesTensors({ positional, keyword }: ConcreteFunction): boolean {
  return [...positional, ...Object.values(keyword)].some(({ kind }) => kind === 'tensor');
}

function resolveBound(endpoint: Endpoint, bound: Bound | Refused): Resolution {
  if (bound.kind === 'refused') return bound;
  for (const conversion of [false, true]) {
    for (const concreteFunction of endpoint.concreteFunctions) {
      const tensors = matchConcreteFunction(concreteFunction, bound, conversion);
      if (tensors !== undefined) return { kind: 'found', concreteFunction, tensors };
    }
  }
  return noMatch(endpoint, bound);
}

/** Concrete functions named in a message, at most. */
const maxListedFunctions = 6;

function noMatch({ name, concreteFunctions }: Endpoint, { positional, keyword }: Bound): Refused {
  const asked = argumentsText(positional.map(argumentText), Object.entries(keyword).map(keyed(argumentText)));
  if (concreteFunctions.length === 0)
    return { kind: 'refused', message: `${name}${asked}: no concrete function was saved for it.` };
  const shown = concreteFunctions
    .slice(0, maxListedFunctions)
    .map((concreteFunction) => concreteFunctionText(name, concreteFunction));
  const rest = concreteFunctions.length - shown.length;
  const saved = [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
  return {
    kind: 'refused',
    message: `Could not find matching concrete function for ${name}${asked}. Saved: ${saved}.`,
  };
}

/** How a concrete function is called: `__call__(float32 [?, 224, 224, 3], False)`. */
export function concreteFunctionText(name: string, { positional, keyword }: ConcreteFunction): string {
  return name + argumentsText(positional.map(pythonText), Object.entries(keyword).map(keyed(pythonText)));
}

function argumentsText(positional: readonly string[], keyword: readonly string[]): string {
  return `(${[...positional, ...keyword].join(', ')})`;
}

function keyed<T>(text: (value: T) => string): (entry: readonly [string, T]) => string {
  return ([key, value]) => `${key}=${text(value)}`;
}
