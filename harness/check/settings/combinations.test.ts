import { expect, test } from 'vitest';
import type { Hyperparameter } from '../../contract/contract.js';
import { settingsInCorners, settingsInGrid } from './combinations.js';

const share: Hyperparameter = {
  name: 'share',
  type: 'float',
  default: 0.5,
  min: 0,
  max: 1,
  affects: 'inference',
};
const depth: Hyperparameter = {
  name: 'depth',
  type: 'int',
  default: 2,
  min: 1,
  max: 3,
  affects: 'inference',
};
const gate: Hyperparameter = { name: 'gate', type: 'bool', default: true, affects: 'inference' };

test('at the corners, the ends of all meet', () => {
  const corners = settingsInCorners([share, depth, gate]);
  expect(corners).toHaveLength(8);
  expect(corners).toContainEqual({ share: 0, depth: 3, gate: false });
  expect(settingsInCorners([share, depth])).toEqual([]);
  const seven = [1, 2, 3, 4, 5, 6, 7].map((at) => ({ ...share, name: `share_${at}` }));
  expect(settingsInCorners(seven.slice(1))).toHaveLength(64);
  expect(settingsInCorners(seven)).toEqual([]);
});

test('in a grid, all values of bools and short ranges meet, and the others have their defaults', () => {
  const grid = settingsInGrid([share, depth, gate]);
  expect(grid).toHaveLength(6);
  expect(grid).toContainEqual({ share: 0.5, depth: 2, gate: false });
  expect(settingsInGrid([share, depth])).toEqual([]);
  expect(settingsInGrid([{ ...depth, max: 40 }, gate, { ...gate, name: 'other' }])).toEqual([]);
});
