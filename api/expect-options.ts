import { nearest } from '../harness/contract/schema/suggestion.js';
import { confinementLevels } from '../harness/engine/process/confinement/measures.js';
import { UserError } from '../harness/verdict/user-error.js';

/** What the value of an option is, in words, and whether one is that. */
type Kind = readonly [words: string, is: (value: unknown) => boolean];

const ofType = (words: string, type: string): Kind => [words, (value) => typeof value === type];

export const flag = ofType('true or false', 'boolean');
export const text = ofType('a string', 'string');
export const callback = ofType('a function', 'function');
export const texts: Kind = [
  'a list of strings',
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
];
export const seed: Kind = [
  'a whole number below 2147483648',
  (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31,
];
export const count: Kind = [
  'a whole number, at least 1',
  (value) => Number.isInteger(value) && Number(value) >= 1,
];
export const amount: Kind = ['a number above 0', (value) => typeof value === 'number' && value > 0];
export const abortSignal: Kind = ['an AbortSignal', (value) => value instanceof AbortSignal];
export const location: Kind = [
  'a path',
  (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
];
export const level: Kind = [
  confinementLevels.join(' or '),
  (value) => confinementLevels.some((one) => one === value),
];

/**
 * In JavaScript, an option that is misspelled, or of another type, would silently mean its default. `of`: the function that takes
 * them. @throws UserError
 */
export function expectOptions(given: unknown, kinds: Readonly<Record<string, Kind>>, of: string): void {
  if (typeof given !== 'object' || given === null)
    throw new UserError(`The options of ${of} must be an object.`, '');
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw unknown(name, Object.keys(kinds), of);
    const [words, is] = kind;
    if (value !== undefined && !is(value))
      throw new UserError(`The option ${name} of ${of} must be ${words}.`, '');
  }
}

function unknown(name: string, names: readonly string[], of: string): UserError {
  const meant = nearest(name, names);
  const remedy = meant === undefined ? `It takes ${names.join(', ')}.` : `Did you mean ${meant}?`;
  return new UserError(`${of} has no option ${name}.`, remedy);
}
