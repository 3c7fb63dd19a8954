import type { ErrorObject } from 'ajv';
import { type Fault, inTwo } from '../problem/fault.js';
import type { Tree } from '../yaml/tree.js';
import { type About, aboutOf, faultAt } from './about.js';
import { describe, eitherOf } from './describe.js';
import { examplesOf } from './schema.js';
import { nearest } from './suggestion.js';
import { missingKey, unknownKey } from './wrong-key.js';
import { wrongType } from './wrong-type.js';

/** An error of ajv as a fault that the author can act on; undefined for one that only repeats another. */
export function faultOf(error: ErrorObject, root: Tree): Fault | undefined {
  if (error.propertyName !== undefined) return undefined;
  return sentences[error.keyword]?.(aboutOf(error, root));
}

/** By keyword of JSON Schema; `if` is left out, since its branch says what is wrong. */
const sentences: Readonly<Record<string, (about: About) => Fault>> = {
  type: wrongType,
  additionalProperties: unknownKey,
  required: missingKey,
  oneOf: (about) => {
    const forms = about.schema.oneOf ?? [];
    const hint = didYouMean(
      about,
      forms.flatMap((form) => form.const ?? []),
    );
    const demand = `must be ${eitherOf(forms.map((form) => form.title ?? ''))}`;
    return wrongValue(about, demand, hint ?? examplesOf(about.schema));
  },
  enum: (about) => {
    const allowed = about.schema.enum ?? [];
    const demand = `must be ${eitherOf(allowed.map((one) => `\`${one}\``))}`;
    return wrongValue(
      about,
      demand,
      didYouMean(about, allowed) ?? inTwo(about.schema.errorMessage ?? '').hint,
    );
  },
  propertyNames: ({ error, pointer, schema }) => {
    const key = String(error.params.propertyName);
    const { message, hint } = inTwo(schema.propertyNames?.patternErrorMessage ?? '');
    return faultAt([...pointer, key], 'key', `\`${key}\` ${message}`, hint);
  },
  pattern: wronglyWritten,
  format: wronglyWritten,
  not: ({ pointer, schema }) => {
    const { message, hint } = inTwo(schema.errorMessage ?? '');
    const noValue = Object.keys(schema.not ?? {}).length === 0;
    return faultAt(pointer, noValue ? 'key' : 'value', message, hint);
  },
  minimum: (about) => wrongValue(about, `must be at least ${about.schema.minimum}`),
  maximum: (about) => wrongValue(about, `must be at most ${about.schema.maximum}`),
  exclusiveMinimum: (about) => wrongValue(about, `must be larger than ${about.schema.exclusiveMinimum}`),
  minLength: empty,
  minProperties: empty,
  minItems: wrongLength,
  maxItems: wrongLength,
  uniqueItems: ({ error, pointer, name, value }) => {
    const index = Math.max(Number(error.params.i), Number(error.params.j));
    const twice = describe(Array.isArray(value) ? value[index] : value);
    return faultAt([...pointer, index], 'value', `${name} lists ${twice} twice`, 'keep one of the two');
  },
};

function didYouMean({ value }: About, allowed: readonly unknown[]): string | undefined {
  const meant = nearest(String(value), allowed.map(String));
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

function wronglyWritten({ pointer, schema, value }: About): Fault {
  const { message, hint } = inTwo(schema.patternErrorMessage ?? '');
  return faultAt(pointer, 'value', `${message}, not ${describe(value)}`, hint);
}

function empty({ pointer, name, schema }: About): Fault {
  return faultAt(
    pointer,
    'value',
    `${name} is empty`,
    examplesOf(schema) ?? 'add a value, or remove the key',
  );
}

function wrongLength({ error, pointer, name, value, schema }: About): Fault {
  const count = Array.isArray(value) ? value.length : 0;
  const message = `${name} must have ${String(error.params.limit)} values, not ${count}`;
  return faultAt(pointer, 'value', message, examplesOf(schema));
}

function wrongValue({ pointer, name, value }: About, demand: string, hint?: string): Fault {
  return faultAt(pointer, 'value', `${name} ${demand}, not ${describe(value)}`, hint);
}
