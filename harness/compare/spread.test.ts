import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanSpread, spreadOf } from './spread.js';

const calls = 24;

/** Calls of a network with dropout before its last layer: each output is a sum over kept units. */
function dropping(rate: number, seed: number, images = 4): Float32Array[] {
  const random = uniform(seed);
  return Array.from({ length: calls }, () =>
    Float32Array.from({ length: images * 3 }, (_, at) => {
      const kept = Array.from({ length: 16 }, () => (random() < rate ? 0 : 1 / (1 - rate)));
      return kept.reduce((sum, one, unit) => sum + one * Math.sin(unit * (at + 1)), 0);
    }),
  );
}

function uniform(seed: number): () => number {
  const drawn = fc.sample(fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }), {
    seed,
    numRuns: 1,
  });
  let state = Math.floor((drawn[0] ?? 0) * 2 ** 31) + seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return ((state >> 8) & 0xffff) / 0x10000;
  };
}

function timesNoise(rate: number, other: number, seed: number): number {
  const spread = spreadOf(dropping(rate, seed), dropping(other, seed + 500));
  return spread === undefined ? 0 : Math.abs(spread.by) / spread.noise;
}

test('the same rate stays within the noise, at every seed', () => {
  const times = Array.from({ length: 200 }, (_, seed) => timesNoise(0.3, 0.3, seed + 1));
  expect(Math.max(...times)).toBeLessThan(5);
  expect(times.filter((one) => one > 2).length).toBeLessThan(30);
});

test('twice the rate stands out', () => {
  expect(timesNoise(0.3, 0.6, 7)).toBeGreaterThan(4);
});

test('what scatters in one model only differs as far as it can', () => {
  const still = Array.from({ length: calls }, () => new Float32Array(12));
  const spread = spreadOf(dropping(0.3, 1), still);
  expect(spread?.by).toBeCloseTo(1, 5);
  expect((spread?.by ?? 0) / (spread?.noise ?? 1)).toBeGreaterThan(5);
});

test('a rare event that only one of two equal models met proves nothing', () => {
  const rare = (times: number) =>
    Array.from({ length: calls }, (_, at) => Float32Array.of(at < times ? 1 : 0, at < times ? -2 : 0));
  const spread = spreadOf(rare(3), rare(0));
  expect((spread?.by ?? 0) / (spread?.noise ?? 1)).toBeLessThan(2.5);
});

test('where nothing scatters, there is nothing to compare', () => {
  const still = Array.from({ length: calls }, () => Float32Array.of(1, 2));
  expect(spreadOf(still, still)).toBeUndefined();
});

test('several batches tell more than one', () => {
  const one = { by: 0.2, noise: 0.1 };
  expect(meanSpread([one, one, one, one])).toEqual({ by: 0.2, noise: 0.05 });
});
