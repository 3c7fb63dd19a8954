import { describe, expect, test } from 'vitest';
import { type Curve, extent, gainOf, identityCurve, isStraight, mapCurve, tailsOf } from './curve.js';

const { POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;
const score = identityCurve(0, minusInfinity, infinity);
const curve = (f: (x: number) => number): Curve => mapCurve(score, f);

describe('tails of a curve', () => {
  test.each<readonly [string, (x: number) => number, readonly string[]]>([
    ['x', (x) => x, ['grows', 'grows']],
    ['log(1 + |x|), though slowly', (x) => Math.log1p(Math.abs(x)), ['grows', 'grows']],
    ['√|x|', (x) => Math.sqrt(Math.abs(x)), ['grows', 'grows']],
    ['atan, though slowly', Math.atan, ['levels-off', 'levels-off']],
    ['x / (1 + |x|)', (x) => x / (1 + Math.abs(x)), ['levels-off', 'levels-off']],
    ['exp', Math.exp, ['levels-off', 'grows']],
    [
      'exp(x) / (1 + exp(x)), which overflows',
      (x) => Math.exp(x) / (1 + Math.exp(x)),
      ['levels-off', 'levels-off'],
    ],
  ])('%s', (_, f, kinds) => {
    expect(tailsOf(curve(f)).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('exponential growth is reported from that of a power', () => {
    expect(tailsOf(curve(Math.exp))[1]).toMatchObject({ up: true, exponentially: true });
    expect(tailsOf(curve((x) => x ** 3))[1]).toMatchObject({ up: true, exponentially: false });
  });

  test('a score that ends has none beyond', () => {
    expect(tailsOf(identityCurve(0, 0, infinity)).map(({ kind }) => kind)).toEqual(['ends', 'grows']);
  });
});

test('straight pieces are reported from bends', () => {
  expect(isStraight(curve((x) => Math.min(6, Math.max(0, 0.3 * x + 1))))).toBe(true);
  expect(isStraight(curve(Math.tanh))).toBe(false);
});

test('extent and steepest slope', () => {
  const [low, high] = extent(curve((x) => 30 * Math.tanh(x / 30)));
  expect([low, high]).toEqual([-30, 30]);
  expect(gainOf(curve((x) => 30 * Math.tanh(x / 30)))).toBeCloseTo(1, 3);
});
