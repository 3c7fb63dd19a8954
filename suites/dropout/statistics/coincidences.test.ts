import { expect, test } from 'vitest';
import { coincidencesIn, minRowsOf } from './coincidences.js';
import type { Draws } from './draws.js';
import { boundsOf } from './kept.js';
import { unitsOf } from './recurring.js';
import { type Chance, feature, simulated } from './simulated.test.support.js';

const many = { rows: 60, units: 24, draws: 30 };

const minRows = (draws: Draws) =>
  minRowsOf(Array.from({ length: draws.units }, (_, unit) => coincidencesIn(draws, unit)));

/** Random numbers inside: each value is one of some 2²² floats. */
const inner = ({ of }: Chance) => 1 + of(1) / 2 + of(2) / 2;

test('as many values are equal by chance as their distances from each other promise', () => {
  let [expected, equal] = [0, 0];
  for (let seed = 0; seed < 5; seed++) {
    const draws = simulated({ ...many, seed }, inner);
    for (let unit = 0; unit < draws.units; unit++) {
      const one = coincidencesIn(draws, unit);
      expected += (one.equal * one.values * (one.values - 1)) / 2;
      equal += one.repeated.length;
    }
  }
  expect(equal).toBeGreaterThan(10);
  expect(Math.abs(equal - expected)).toBeLessThan(5 * Math.sqrt(expected));
});

test('two images with one value are a coincidence where there are many values, and none where there are few', () => {
  expect(minRows(simulated({ ...many, seed: 1 }, inner))).toBeGreaterThan(2);
  expect(minRows(simulated({ ...many, rows: 16, seed: 1 }, ({ row, unit }) => feature(row, unit)))).toBe(2);
});

test('values that are equal by chance do not recur', () => {
  for (let seed = 0; seed < 3; seed++) {
    const draws = simulated({ ...many, seed }, inner);
    const units = unitsOf(draws);
    expect(units.every(({ recurring, ambiguous }) => recurring === undefined && !ambiguous)).toBe(true);
    expect(boundsOf(draws, units)?.missed).toBeLessThan(0.005);
  }
});

test('a row that takes few values meets another by chance once, however often it takes that value', () => {
  const draws = simulated({ rows: 16, units: 24, draws: 40, seed: 1 }, (chance) => {
    const { draw, row } = chance;
    const often = row === 3 && chance.of(3) < 0.3;
    return often || (row === 5 && draw === 7) ? 1.5 : inner(chance);
  });
  expect(unitsOf(draws).every(({ recurring }) => recurring === undefined)).toBe(true);
});

test.each([0.2, 0.05, 0.01])('drops at a rate of %d recur among values that are equal by chance', (rate) => {
  for (let seed = 0; seed < 2; seed++) {
    const draws = simulated({ ...many, seed }, (chance) =>
      chance.of(3) < rate ? chance.unit : inner(chance),
    );
    const units = unitsOf(draws);
    expect(units.map(({ recurring }) => recurring)).toEqual(units.map((_, unit) => unit));
    expect(units.some(({ ambiguous }) => ambiguous)).toBe(false);
    expect(boundsOf(draws, units)).toBeUndefined();
  }
});

test('rounded values are equal too often for chance', () => {
  const draws = simulated({ ...many, seed: 1 }, (chance) => Math.round(64 * inner(chance)) / 64);
  expect(unitsOf(draws).every(({ ambiguous }) => ambiguous)).toBe(true);
});
