import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveCall } from '../savedmodel/call/resolve.js';
import { readSavedModel } from '../savedmodel/reading/read.js';
import { NotASavedModel } from '../savedmodel/refusal.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import { everyConcreteFunction, mutates, reachableOperations } from './reachable.js';

const conforming = fileURLToPath(new URL('../../../models-under-test/odd-captures/', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-robustness-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** One way to damage a file; positions are fractions of its length. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fraction(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('set' as const), at: fraction(), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fraction() }),
  fc.record({ kind: fc.constant('remove' as const), at: fraction(), count: fc.integer({ min: 1, max: 64 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fraction(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
  }),
);

describe('whatever happens to its bytes, a model is read or refused', () => {
  test.each([['saved_model.pb'], ['variables/variables.index'], ['variables/variables.data-00000-of-00001']])(
    '%s',
    { timeout: 60_000 },
    async (name) => {
      await cp(conforming, folder, { recursive: true });
      const bytes = await readFile(join(folder, name));
      const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        await writeFile(join(folder, name), damages.reduce(damaged, bytes));
        expect(await outcome()).toMatch(/^(read|refused)$/);
      });
      await fc.assert(property, { numRuns: 200 });
    },
  );

  test('random bytes', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await writeFile(join(folder, 'saved_model.pb'), bytes);
      expect(await outcome()).toBe('refused');
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, harm: Damage): Uint8Array {
  const at = Math.floor(harm.at * bytes.length);
  const changed = Buffer.from(bytes);
  switch (harm.kind) {
    case 'flip':
      changed[at] = (changed[at] ?? 0) ^ (1 << harm.bit);
      return changed;
    case 'set':
      changed[at] = harm.byte;
      return changed;
    case 'cut':
      return changed.subarray(0, at);
    case 'remove':
      return Buffer.concat([changed.subarray(0, at), changed.subarray(at + harm.count)]);
    case 'insert':
      return Buffer.concat([changed.subarray(0, at), harm.bytes, changed.subarray(at)]);
  }
}

/** Reads the model and looks at all of it, function bodies and attributes included. */
async function outcome(): Promise<string> {
  try {
    lookAtAll(await readSavedModel(folder));
    return 'read';
  } catch (error) {
    return error instanceof NotASavedModel ? 'refused' : String(error instanceof Error ? error.stack : error);
  }
}

function lookAtAll(model: SavedModel): void {
  const concreteFunctions = everyConcreteFunction(model);
  reachableOperations(model, concreteFunctions);
  for (const concreteFunction of concreteFunctions) mutates(model, concreteFunction);
  for (const endpoint of [...model.methods.values(), ...model.signatures.values()]) {
    resolveCall(endpoint, { dtype: 'float32', shape: [1, 8, 8, 3] }, { training: true });
  }
  for (const { nodes } of model.functions.values()) for (const { attributes } of nodes) void attributes.size;
  for (const { attributes } of model.graphNodes.values()) void attributes.size;
}

function fraction(): fc.Arbitrary<number> {
  return fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
}
