import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { operation } from '../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { measureNoise } from './noise.js';
import type { FakeAnswer } from './testing/fake-behavior.js';
import { fakeSubject } from './testing/fake-subject.js';
import { changed } from './testing/tensors.js';

const contract = fakeContract();
const noiseOf = (call?: FakeAnswer) =>
  measureNoise(fakeSubject({ contract, ...(call ? { call } : {}) }), contract);
const scaled =
  (by: number): FakeAnswer =>
  (_images, _args, { sound }) =>
    changed(sound, (value) => value * by);

describe('the tolerance', () => {
  test('lies far above the rounding of the outputs and far below the outputs themselves', async () => {
    const { scale, tolerance, source } = await noiseOf();
    expect(tolerance.absolute).toBeGreaterThan(scale * 2 ** -24);
    expect(tolerance.absolute).toBeLessThan(scale * 1e-3);
    expect(source).toBe('measured');
  });

  test('grows as the model magnifies what it is given', async () => {
    const [plain, magnified] = [await noiseOf(), await noiseOf(scaled(1000))];
    expect(magnified.tolerance.absolute / plain.tolerance.absolute).toBeCloseTo(1000, -1);
  });

  test('covers what the last bit of a pixel does to a steep output', async () => {
    const steep: FakeAnswer = (_images, _args, { sound }) =>
      changed(sound, (value) => Math.sin(1000 * value));
    const { floor, scale } = await noiseOf(steep);
    expect(scale).toBeLessThanOrEqual(1);
    expect(floor).toBeGreaterThan(10 * 2 ** -24);
  });

  test('is not widened by noise of the model itself as that noise would need it', async () => {
    const noisy: FakeAnswer = (_images, _args, { sound, random }) =>
      changed(sound, (value) => value + 0.1 * random());
    expect((await noiseOf(noisy)).tolerance.absolute).toBeLessThan(0.1 / 4);
  });

  test('is a number whatever the outputs are', async () => {
    const broken: FakeAnswer = (_images, _args, { sound }) =>
      changed(sound, (value, { column }) => [value, Number.NaN, Number.POSITIVE_INFINITY][column] ?? value);
    expect((await noiseOf(broken)).tolerance.absolute).toBeLessThan(1e-3);
  });

  test('allows for half precision inside', async () => {
    const half = operation('half', 'Cast', ['images'], { DstT: { kind: 'type', value: 'float16' } });
    const model = fakeModel({ concreteFunctions: [{ operations: [half] }] });
    const { scale, tolerance } = await measureNoise(fakeSubject({ contract, model }), contract);
    expect(tolerance.absolute).toBeGreaterThan(scale * 2 ** -11);
  });

  test('is what the spec says where it says one', async () => {
    const declared = fakeContract({ tolerance: { absolute: 1e-3 } });
    expect(await measureNoise(fakeSubject({ contract: declared }), declared)).toMatchObject({
      tolerance: { absolute: 1e-3, relative: 0 },
      source: 'spec',
    });
  });

  test.each([{ absolute: 1e30 }, { relative: 0.2 }])(
    'may not be so wide that nothing shows: %j',
    async (tolerance) => {
      const declared = fakeContract({ tolerance });
      await expect(measureNoise(fakeSubject({ contract: declared }), declared)).rejects.toThrow(
        /nothing could be seen/,
      );
    },
  );
});
