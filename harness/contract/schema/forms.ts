import type { ErrorObject } from 'ajv';
import type { Schema } from './schema.js';

/**
 * Where a value may take several forms, ajv reports the errors of each. The author meant one:
 * the form of the value's own type is kept, and when none has it, the one error that lists the forms.
 */
export function withoutOtherForms(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter((error) => error.keyword === 'oneOf');
  return choices.reduce<ErrorObject[]>((rest, choice) => resolve(choice, rest), [...errors]);
}

function resolve(choice: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[] {
  const forms = (choice.parentSchema as Schema | undefined)?.oneOf ?? [];
  const meant = forms.findIndex((form) => typesOf(form).includes(typeOf(choice.data)));
  const dropped = forms
    .map((_, index) => `${choice.schemaPath}/${index}/`)
    .filter((_, index) => index !== meant);
  const isOther = (error: ErrorObject) =>
    error.instancePath.startsWith(choice.instancePath) &&
    dropped.some((path) => error.schemaPath.startsWith(path));
  return errors.filter((error) => !isOther(error) && (meant === -1 || error !== choice));
}

function typesOf(form: Schema): readonly string[] {
  const types = typeof form.type === 'string' ? [form.type] : (form.type ?? []);
  return types.map((type) => (type === 'integer' ? 'number' : type));
}

/** As JSON Schema names it. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
