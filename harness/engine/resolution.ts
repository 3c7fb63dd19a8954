import type { Contract } from '../contract/contract.js';
import type { Images } from '../images/picture.js';
import type { CallArguments } from '../savedmodel/call/argument-value.js';
import { type Resolution, resolveCall } from '../savedmodel/call/resolve.js';
import type { Endpoint } from '../savedmodel/saved-model.js';
import { CallRefused } from './process/failures.js';
import type { Arguments } from './subject.js';

/** What a call runs, and with which values. */
export type Resolved = Extract<Resolution, { kind: 'found' }>;

/** Finds what a call of the endpoint runs, as Python does. @throws CallRefused */
export function resolvedCall(
  endpoint: Endpoint | undefined,
  contract: Contract,
  images: Images,
  args: Arguments,
): Resolved {
  if (!endpoint) throw new CallRefused('The model has no such endpoint.', { batch: images, args });
  const shape = [images.count, images.height, images.width, 3];
  const resolution = resolveCall(endpoint, { dtype: 'float32', shape }, pythonArguments(args, contract));
  if (resolution.kind === 'refused') throw new CallRefused(resolution.message, { batch: images, args });
  return resolution;
}

/** Whether two calls with the same images run the same concrete function with the same values. */
export function runTheSame(one: Resolved, other: Resolved): boolean {
  return (
    one.concreteFunction === other.concreteFunction &&
    JSON.stringify(one.tensors) === JSON.stringify(other.tensors)
  );
}

/** A whole number for a hyperparameter of type float is Python's 1.0, not its 1. */
export function pythonArguments(args: Arguments, { hyperparameters }: Contract): CallArguments {
  const floats = new Set(hyperparameters.filter(({ type }) => type === 'float').map(({ name }) => name));
  const entries = Object.entries(args).map(([name, value]) => {
    return [name, typeof value === 'number' && floats.has(name) ? { kind: 'float', value } : value] as const;
  });
  return Object.fromEntries(entries) as CallArguments;
}
