import { expect, test } from 'vitest';
import { labelOf, uniqueNameOf } from './model-name.js';

const one = { name: 'one', spec: 'specs/one.yaml' };
const twins = [
  { name: 'twin', spec: 'a/twin.yaml' },
  { name: 'twin', spec: 'b/twin.yaml' },
] as const;

test('a name that is a model’s alone is its address', () => {
  expect([uniqueNameOf(one, [one, ...twins]), labelOf(one, [one, ...twins])]).toEqual(['one', 'one']);
});

test('models of the same name are distinguished by their specs', () => {
  expect(twins.map((twin) => uniqueNameOf(twin, twins))).toEqual(['a/twin.yaml', 'b/twin.yaml']);
  expect(twins.map((twin) => labelOf(twin, twins))).toEqual(['twin (a/twin.yaml)', 'twin (b/twin.yaml)']);
});

test('nothing is addressed by no name', () => {
  expect(uniqueNameOf({ ...one, name: '' }, [])).toBe('specs/one.yaml');
});
