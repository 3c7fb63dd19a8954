import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitByDuration, splitByName } from './split.js';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 });
const counts = fc.integer({ min: 1, max: 12 });

test('by name, a spec stays where it is whichever others there are', () => {
  fc.assert(
    fc.property(names, fc.string(), counts, (specs, added, count) => {
      const before = splitByName(specs, count);
      expect(splitByName([added, ...specs], count).slice(1)).toEqual(before);
      for (const shard of before) expect(shard >= 1 && shard <= count).toBe(true);
    }),
  );
});

test('by name, the shards of these paths never change: other machines may run another build', () => {
  expect(splitByName(['a.yaml', 'b.yaml', 'specs/tiny-classifier.yaml', 'ü.yaml'], 7)).toEqual([4, 6, 4, 3]);
});

test('by duration, no shard takes longer than the mean and the longest spec together', () => {
  const timed = fc.uniqueArray(fc.tuple(fc.string(), fc.integer({ min: 1, max: 1e6 })), {
    selector: ([name]) => name,
    minLength: 1,
  });
  fc.assert(
    fc.property(timed, counts, (specs, count) => {
      const shards = splitByDuration(
        specs.map(([name]) => name),
        new Map(specs),
        count,
      );
      const loads = Array.from({ length: count }, (_, at) =>
        specs.reduce((sum, [, ms], spec) => sum + (shards[spec] === at + 1 ? ms : 0), 0),
      );
      const all = specs.reduce((sum, [, ms]) => sum + ms, 0);
      expect(loads.reduce((sum, load) => sum + load)).toBe(all);
      expect(Math.max(...loads)).toBeLessThanOrEqual(all / count + Math.max(...specs.map(([, ms]) => ms)));
    }),
  );
});

test('by duration, the longest goes alone, and what was not measured counts as the mean', () => {
  const durations = new Map([
    ['long', 100],
    ['a', 30],
    ['b', 20],
  ]);
  // New is taken for 50: it goes beside nothing, a beside it, and b to the least that remains.
  expect(splitByDuration(['a', 'b', 'long', 'new'], durations, 2)).toEqual([2, 2, 1, 2]);
});

test('by duration, the order in which specs are given does not matter', () => {
  const durations = new Map([
    ['a', 5],
    ['b', 5],
    ['c', 5],
  ]);
  const one = splitByDuration(['a', 'b', 'c'], durations, 2);
  expect(splitByDuration(['c', 'b', 'a'], durations, 2)).toEqual([...one].reverse());
});
