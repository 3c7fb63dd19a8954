import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../verdict/package-files.js';
import { defaults } from '../defaults.js';
import { resolved, type Schema, schemaErrors, specSchema } from './schema.js';

/** Every key of a spec with the schema of its value. */
const keys = keysOf(specSchema, '');

const schemas = readdirSync(packageFile('specs')).filter((file) => file.endsWith('.schema.json'));

test.each(schemas)('%s is one of draft 7', (file) => {
  const schema = JSON.parse(readFileSync(packageFile(`specs/${file}`), 'utf8'));
  expect(new Ajv({ strict: false }).validateSchema(schema)).toBe(true);
});

describe.each(keys)('%s', (_, schema) => {
  test('is described', () => {
    expect(schema.description).toMatch(/^[A-Z].*\.$/);
  });

  test('has an example, a default or a list of its values', () => {
    const values = [schema.default, ...(schema.examples ?? []), ...(schema.enum ?? [])].filter(
      (one) => one !== undefined,
    );
    const needsNone = schema.type === 'boolean' || schema.properties !== undefined;
    expect(values.length > 0 || needsNone).toBe(true);
  });

  test('has examples and a default that its own schema accepts', () => {
    const ajv = new Ajv({ strict: false, formats: { date: true } });
    const accepts = ajv.compile({ ...schema, definitions: specSchema.definitions ?? {} });
    const values = [...(schema.examples ?? []), ...(schema.default === undefined ? [] : [schema.default])];
    for (const value of values) expect(accepts(value), JSON.stringify(value)).toBe(true);
  });
});

test('every mapping refuses unknown keys', () => {
  for (const [name, schema] of [['the spec', specSchema] as const, ...keys]) {
    const forms = [schema, ...(schema.oneOf ?? []), ...(schema.items === undefined ? [] : [schema.items])];
    for (const form of forms)
      if (form.properties !== undefined) expect(form.additionalProperties, name).toBe(false);
  }
});

test('its defaults are those that the contract is filled in with', () => {
  const inSchema = Object.fromEntries(
    keys.flatMap(([name, schema]) => (schema.default === undefined ? [] : [[name, schema.default]])),
  );
  expect(inSchema).toEqual({
    'image_size.outside': defaults.outside,
    color_range: defaults.colorRange,
    'image_size.height.step': 1,
    'image_size.width.step': 1,
    'fine_tuning.trainable_variables': defaults.trainableVariables,
    'fine_tuning.training_argument': defaults.trainingArgument,
    'fine_tuning.regularization_losses': defaults.regularizationLosses,
    'hyperparameters.affects': defaults.affects,
    'examples.tolerance': defaults.exampleTolerance,
    endpoint: defaults.endpoint,
    'tolerance.absolute': defaults.tolerance,
    'tolerance.relative': defaults.tolerance,
    'limits.deadline': defaults.deadline,
    'limits.model_deadline': defaults.modelDeadline,
    'limits.memory': defaults.memory,
    'limits.pixels_per_call': defaults.pixelsPerCall,
    runs: defaults.runs,
  });
});

test('a good spec has no errors', () => {
  expect(schemaErrors({ model: 'm', api: 'image-feature-vector', image_size: 1, num_features: 1 })).toEqual(
    [],
  );
});

function keysOf(schema: Schema, path: string): [string, Schema][] {
  const inner = [schema.items, ...(schema.oneOf ?? []), schema.additionalProperties].filter(
    (one) => typeof one === 'object',
  );
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]): [string, Schema][] => {
    const key = path === '' ? name : `${path}.${name}`;
    const { $ref: _, ...bare } = resolved(property);
    return [[key, bare], ...keysOf(bare, key)];
  });
  return [...own, ...inner.flatMap((one) => keysOf(one, path))];
}
