import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patterns } from '../harness/verdict/batch.js';
import { brokenChecks } from './fixtures/broken-checks.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { jsonText } from './json/text.js';
import { json } from './json.js';

const schema = JSON.parse(readFileSync(new URL('../../specs/run.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(schema);

describe('run.json', () => {
  test.each([variedRun(), conformingRun(), { ...variedRun(), models: [] }])(
    'fits its published schema',
    (run) => {
      validate(JSON.parse(json(run)));
      expect(validate.errors).toBeNull();
    },
  );

  test('the schema knows every pattern of images', () => {
    expect(schema.definitions.batch.properties.pattern.enum).toEqual(patterns);
  });

  test('the schema refuses a status that does not exist', () => {
    const run = JSON.parse(json(conformingRun()));
    run.models[0].checks[0].status = 'passed';
    expect(validate(run)).toBe(false);
  });

  test('reads back as the run', () => {
    expect(JSON.parse(json(conformingRun()))).toEqual(conformingRun());
    expect(JSON.parse(json(variedRun())).models[1].checks).toEqual(brokenChecks);
  });

  test('does not depend on the order in which a run was put together', () => {
    expect(json(reversed(variedRun()))).toBe(json(variedRun()));
  });

  test('keeps numbers that JSON lacks as strings', () => {
    const [, check] = JSON.parse(json(variedRun())).models[2].checks;
    expect(check.evidence.lastValues).toEqual(['NaN', 'Infinity', 0]);
  });

  test('is well-formed Unicode', () => {
    const text = json(variedRun());
    expect(text).toBe(Buffer.from(text, 'utf8').toString('utf8'));
    expect(JSON.parse(text).models[3].name).toContain('\ufffd');
  });
});

test('any JSON value reads back as itself, its keys in a fixed order', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(jsonText(value, ['b', 'a']))).toEqual(plain);
    }),
  );
  expect(Object.keys(JSON.parse(jsonText({ z: 1, a: 2, b: 3, c: 4 }, ['b', 'a'])))).toEqual([
    'b',
    'a',
    'c',
    'z',
  ]);
});

/** The same value, every object's keys the other way round. */
function reversed<T>(value: T): T;
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => reversed(member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
