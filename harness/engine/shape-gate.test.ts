import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { placeholdersIn } from './lowering/lowered.test.support.js';
import { CallFailed, EngineError } from './process/failures.js';
import { ShapeGate } from './shape-gate.js';

const model = fakeModel();
const [called] = model.methods.get('__call__')?.concreteFunctions ?? [];
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test('each shape is asked once, with a placeholder of exactly that shape', async () => {
  const { pass, asked } = gate();
  await pass(8);
  await pass(9);
  await pass(8);
  expect(asked).toEqual([[[1, 8, 8, 3]], [[1, 9, 9, 3]]]);
});

test('a shape that TensorFlow refuses is refused again without asking', async () => {
  const { pass, asked } = gate((sizes) => (sizes.includes(9) ? new CallFailed('odd') : undefined));
  await expect(pass(9)).rejects.toThrow('odd');
  await expect(pass(9)).rejects.toThrow('odd');
  expect(asked).toHaveLength(1);
});

test('an inconclusive answer is requested again', async () => {
  let lost = true;
  const { pass, asked } = gate(() => (lost ? new EngineError('crash', 'gone') : undefined));
  await expect(pass(9)).rejects.toThrow('gone');
  lost = false;
  await pass(9);
  expect(asked).toHaveLength(2);
});

test('many shapes are asked together, those that are known left out', async () => {
  const { pass, passTogether, asked } = gate();
  await pass(8);
  await passTogether([8, 9, 10]);
  await passTogether([9, 10]);
  await pass(10);
  expect(asked.slice(1)).toEqual([
    [
      [1, 9, 9, 3],
      [1, 10, 10, 3],
    ],
  ]);
});

test('where some of many do not fit, nothing is remembered, and each is checked when it comes', async () => {
  const { pass, passTogether, asked } = gate((sizes) =>
    sizes.includes(9) ? new CallFailed('odd') : undefined,
  );
  await passTogether([8, 9]);
  await pass(8);
  await expect(pass(9)).rejects.toThrow('odd');
  expect(asked).toHaveLength(3);
});

test('a process that is lost while many are checked is reported', async () => {
  const { passTogether } = gate(() => new EngineError('crash', 'gone'));
  await expect(passTogether([8])).rejects.toThrow('gone');
});

/** A gate whose TensorFlow refuses square images of some sizes, with what it was asked. */
function gate(refuses: (sizes: readonly number[]) => Error | undefined = () => undefined) {
  if (!called) throw new Error('The model has a concrete function.');
  const folder = mkdtempSync(join(tmpdir(), 'gate-'));
  folders.push(folder);
  const asked: number[][][] = [];
  const shapes = new ShapeGate(model, folder, async (work) => {
    const placeholders = 'load' in work ? await placeholdersIn(work.load) : [];
    asked.push(placeholders);
    const refusal = refuses(placeholders.flatMap(([_, height = 0]) => [height]));
    if (refusal) throw refusal;
  });
  const square = (size: number) => [[1, size, size, 3]];
  return {
    asked,
    pass: (size: number) => shapes.pass(called, square(size)),
    passTogether: (sizes: readonly number[]) => shapes.passTogether(called, sizes.map(square)),
  };
}
