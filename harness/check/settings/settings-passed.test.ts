import { expect, test } from 'vitest';
import type { Hyperparameter } from '../../contract/contract.js';
import { settingsPassed } from './settings-passed.js';

const gate: Hyperparameter = { name: 'gate', type: 'bool', default: false, affects: 'training' };
const depth: Hyperparameter = {
  name: 'depth',
  type: 'int',
  default: 0,
  min: 0,
  max: 3,
  affects: 'inference',
};

test('each value alone, then all together, then values in between and combinations, each once', () => {
  expect(settingsPassed([depth])).toEqual([{ depth: 0 }, { depth: 3 }, { depth: 1 }, { depth: 2 }]);
  const both = settingsPassed([gate, depth]);
  expect(both.slice(0, 6)).toEqual([
    { gate: false },
    { gate: true },
    { depth: 0 },
    { depth: 3 },
    { gate: false, depth: 0 },
    { gate: true, depth: 3 },
  ]);
  expect(both).toContainEqual({ gate: true, depth: 2 });
  expect(new Set(both.map((one) => JSON.stringify(one))).size).toBe(both.length);
});

test('no more than 64, and none without hyperparameters', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ ...gate, name: `gate_${at}` }));
  expect(settingsPassed(many)).toHaveLength(64);
  expect(settingsPassed([])).toEqual([]);
});
