import { describe, expect, test } from 'vitest';
import type { Hyperparameter } from '../../contract/contract.js';
import { fixedValues, settingsInPairs, settingsTogether, valuesToTry } from './values.js';

const rate: Hyperparameter = {
  name: 'rate',
  type: 'float',
  default: 0.2,
  min: 0.1,
  max: 0.9,
  affects: 'training',
};
const depth: Hyperparameter = {
  name: 'depth',
  type: 'int',
  default: 2,
  min: 0,
  max: 9,
  affects: 'inference',
};
const gate: Hyperparameter = { name: 'gate', type: 'bool', default: true, affects: 'inference' };
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('values to try', () => {
  test('are the ends, the default and some between', () => {
    expect(valuesToTry(rate, 1).slice(0, 4)).toEqual([0.1, 0.9, 0.2, 0.5]);
    expect(valuesToTry(rate, 1)).toHaveLength(12);
    expect(valuesToTry(gate, 1)).toEqual([false, true]);
  });

  test('are all whole numbers of a small range', () => {
    expect(valuesToTry(depth, 1).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(valuesToTry({ ...depth, max: 63 }, 1)).toHaveLength(64);
  });

  test('are some whole numbers of a large range', () => {
    const values = valuesToTry({ ...depth, max: 1000 }, 1);
    expect(values).toEqual(expect.arrayContaining([0, 1, 2, 500, 999, 1000]));
    expect(values.length).toBeLessThanOrEqual(22);
  });

  test('follow the seed', () => {
    expect(valuesToTry(rate, 1)).toEqual(valuesToTry(rate, 1));
    expect(valuesToTry(rate, 1)).not.toEqual(valuesToTry(rate, 2));
  });

  test.each([rate, depth, { ...rate, default: 0.99995, min: 0.99991, max: 0.99996 }])(
    'stay in the range of $name from $min to $max',
    (one) => {
      const { min = 0, max = 0, type } = one;
      for (const value of seeds.flatMap((seed) => valuesToTry(one, seed))) {
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        expect(type === 'float' || Number.isInteger(value)).toBe(true);
      }
    },
  );

  test('are the default alone where nothing else is declared', () => {
    expect(valuesToTry({ name: 'k', type: 'int', default: 3, affects: 'state' }, 1)).toEqual([3]);
  });

  test('lie between the default and the one end that is declared', () => {
    expect(valuesToTry({ name: 'k', type: 'int', default: 3, min: 1, affects: 'state' }, 1)).toEqual([
      1, 3, 2,
    ]);
  });
});

test('those that every run tries come first, whatever the seed', () => {
  for (const one of [rate, depth, gate, { ...depth, max: 1000 }]) {
    const fixed = fixedValues(one);
    for (const seed of seeds) expect(valuesToTry(one, seed).slice(0, fixed.length)).toEqual(fixed);
  }
  expect(fixedValues(rate)).toEqual([0.1, 0.9, 0.2, 0.5, 0.108, 0.892]);
});

test('together, each hyperparameter has its default, its least and its largest value', () => {
  expect(settingsTogether([rate, gate])).toEqual([
    { rate: 0.2, gate: true },
    { rate: 0.1, gate: false },
    { rate: 0.9, gate: true },
  ]);
  expect(settingsTogether([rate])).toEqual([]);
});

describe('in pairs', () => {
  test('each end meets each end of another', () => {
    expect(settingsInPairs([rate, gate], 1)).toEqual([
      { rate: 0.1, gate: false },
      { rate: 0.1, gate: true },
      { rate: 0.9, gate: false },
      { rate: 0.9, gate: true },
    ]);
    expect(settingsInPairs([rate], 1)).toEqual([]);
  });

  test('of very many, some are drawn from the seed', () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ ...rate, name: `rate_${at}` }));
    expect(settingsInPairs(many, 1)).toHaveLength(40);
    expect(settingsInPairs(many, 1)).not.toEqual(settingsInPairs(many, 2));
  });
});
