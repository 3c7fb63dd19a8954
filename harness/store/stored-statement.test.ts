import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { NoStatement, readStatement } from './stored-statement.js';

const folder = mkdtempSync(path.join(tmpdir(), 'statement-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hex = 'ab'.repeat(32);
const nothing = { undecided: [], notTested: [], waivers: [], unconfirmed: [], reservations: [] };
const named = (name: string) => ({ name, digest: { sha256: hex } });
const sound = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [
    {
      name: 'm',
      digest: { sha256: hex, dirHash: hex },
      annotations: {
        model_signing: {
          method: 'files',
          hash_type: 'sha256',
          allow_symlinks: false,
          ignore_paths: ['.git', '.gitattributes', '.github', '.gitignore'],
        },
      },
    },
  ],
  predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
  predicate: {
    result: 'PASSED',
    configuration: ['spec.yaml', 'run.json', 'model-assay', 'tensorflow'].map(named),
    passedTests: ['a', 'b'],
    warnedTests: [],
    failedTests: [],
    model_assay: {
      format: 1,
      ...nothing,
      startedAt: '2026-11-26T00:00:00.000Z',
      seed: 1,
      strict: false,
      specDigest: `sha256:${hex}`,
      environment: { assay: '0.1.0', node: '', os: '', tensorflow: '' },
    },
  },
};

function read(value: unknown) {
  const file = path.join(folder, 'statement.json');
  writeFileSync(file, JSON.stringify(value) ?? '');
  return readStatement(file).statement;
}

test('a statement is read as it was written, with keys that were added since', () => {
  const added = { ...sound, predicate: { ...sound.predicate, url: 'https://example.org' } };
  expect(read(added)).toEqual(added);
});

test('a statement that can be read in two ways is refused', () => {
  const file = path.join(folder, 'two.json');
  const text = JSON.stringify(sound);
  writeFileSync(file, text.replace('"result":', '"result":"FAILED","result":'));
  expect(() => readStatement(file)).toThrow('an object in it has a key twice');
});

/** The paths to every value in a value. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, key]))];
}

function withValue(value: unknown, [key, ...rest]: readonly string[], replaced: unknown): unknown {
  if (key === undefined) return replaced;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Reflect.set(copy, key, withValue(Reflect.get(value as object, key), rest, replaced));
  return copy;
}

test('whatever stands in the place of a value, there is a statement or a sentence', () => {
  const edits = fc.tuple(fc.constantFrom(...pathsIn(sound)), fc.anything({ maxDepth: 2 }).filter(isJson));
  fc.assert(
    fc.property(edits, ([at, replaced]) => {
      try {
        read(withValue(sound, at, replaced));
      } catch (error) {
        expect(error).toBeInstanceOf(NoStatement);
        expect(String(error).length).toBeLessThan(1000);
      }
    }),
    { numRuns: 500 },
  );
});

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch (error) {
    // A BigInt.
    return !(error instanceof TypeError);
  }
}

test.each([
  ['a key of any length', { ...sound, subject: [{ ...sound.subject[0], digest: { ['x'.repeat(1e5)]: 1 } }] }],
  ['a predicate of any length', { ...sound, predicateType: 'x'.repeat(1e5) }],
])('%s makes no long sentence', (_, value) => {
  expect(() => read(value)).toThrow(/^.{1,600}$/s);
});
