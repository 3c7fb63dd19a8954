import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outsideOf } from './jax.js';
import { readModule } from './module.js';

const folder = fileURLToPath(new URL('../../../../harness/graph/stablehlo/fixtures', import.meta.url));
const modules = readdirSync(folder).filter((name) => name.endsWith('.mlirbc'));
const bytesOf = (name: string) => readFileSync(`${folder}/${name}`);

test('fixtures are of bytecode in versions 0, 3, 4 and 6', () => {
  expect(modules.map((name) => (bytesOf(name)[4] ?? 0) >> 1).sort()).toEqual([0, 3, 4, 6]);
});

test.each(modules)('%s: operations, and the targets of custom calls', (name) => {
  const module = readModule(bytesOf(name));
  expect(module?.operations.size).toBe(18);
  expect(module?.operations).toContain('vhlo.convolution_v1');
  expect(module?.targets).toEqual(new Set(['shape_assertion']));
  expect(module && outsideOf(module)).toBeUndefined();
});

test.each(modules)('%s: another target is found', (name) => {
  const module = readModule(renamed(bytesOf(name), 'shape_assertion', 'python_callback'));
  expect(module && outsideOf(module)).toBe('python_callback');
});

test('an exchange with the host is found', () => {
  const module = { operations: new Set(['vhlo.add_v1', 'vhlo.infeed_v1']), targets: new Set<string>() };
  expect(outsideOf(module)).toBe('vhlo.infeed_v1');
});

test('damaged modules are read, or not, and end nothing', () => {
  const damaged = fc.tuple(
    fc.constantFrom(...modules),
    fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 5 }),
    fc.nat(3600),
  );
  fc.assert(
    fc.property(damaged, ([name, changes, length]) => {
      const bytes = Uint8Array.from(bytesOf(name).subarray(0, length));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      readModule(bytes);
    }),
    { numRuns: 2000 },
  );
});

function renamed(bytes: Buffer, from: string, to: string): Uint8Array {
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  expect(to.length).toBe(from.length);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)]);
}
