import type { Fault } from '../problem/fault.js';
import { type About, faultAt } from './about.js';
import { describe, eitherOf } from './describe.js';
import { exampleOf, examplesOf } from './schema.js';

/** A value of another type than the schema asks for: text for a number, nothing at all. */
export function wrongType(about: About): Fault {
  const { pointer, name, schema, value, source } = about;
  if (value === null) return noValue(about);
  const types = typesOf(about).map((type) => typeWords[type] ?? type);
  const demand = schema.errorMessage ?? `${name} must be ${eitherOf(types)}`;
  const actual = typeof value === 'number' ? source : describe(value);
  return faultAt(pointer, 'value', `${demand}, not ${actual}`, correction(about));
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping of keys to values',
  array: 'a list',
};

function noValue({ pointer, name, schema }: About): Fault {
  const example = exampleOf(schema);
  const key = typeof pointer.at(-1) === 'string' ? `${pointer.at(-1)}: ` : '- ';
  const hint = example === undefined ? 'add one, or remove the key' : `for example \`${key}${example}\``;
  return faultAt(pointer, 'key', `${name} has no value`, hint);
}

/** What the author of a value of the wrong type most likely has to change. */
function correction(about: About): string | undefined {
  const { schema, value, source, pointer } = about;
  if (pointer.length === 0) return '`assay init MODEL` writes a spec';
  const wanted = typesOf(about);
  if (wanted.includes('string') && typeof value !== 'object') {
    const fits = schema.pattern === undefined || new RegExp(schema.pattern).test(source);
    return fits ? `put it in quotes: "${source}"` : examplesOf(schema);
  }
  if (typeof value !== 'string') return examplesOf(schema);
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  if (isNumber && wanted.some((type) => type === 'integer' || type === 'number'))
    return 'write it without quotes';
  const truth = wanted.includes('boolean') ? truths[value.toLowerCase()] : undefined;
  return truth === undefined ? examplesOf(schema) : `write \`${truth}\``;
}

/** What YAML 1.1 took for true and false; YAML 1.2 takes all but two for text. */
const truths: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  y: true,
  true: true,
  no: false,
  off: false,
  n: false,
  false: false,
};

function typesOf({ schema }: About): readonly string[] {
  return typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
}
