import { expect, test } from 'vitest';
import type { Check } from '../check/check.js';
import { chooseChecks, withGates } from './choose.js';

const checks = ['output/shape', 'output/dtype', 'input/every-size'].map((id) => ({ id }) as Check);
const chosen = (only: string[], skip: string[] = []) => chooseChecks(checks, only, skip).map(({ id }) => id);

test('without patterns, all', () => {
  expect(chosen([])).toEqual(['output/shape', 'output/dtype', 'input/every-size']);
});

test.each([
  [['output/shape'], ['output/shape']],
  [['output'], ['output/shape', 'output/dtype']],
  [['*size'], ['input/every-size']],
  [['{output,input}/*e*'], ['output/shape', 'output/dtype', 'input/every-size']],
  [
    ['output/*', 'input/every-size'],
    ['output/shape', 'output/dtype', 'input/every-size'],
  ],
])('%j', (only, ids) => {
  expect(chosen(only)).toEqual(ids);
});

test('skip takes away', () => {
  expect(chosen(['output'], ['*/dtype'])).toEqual(['output/shape']);
});

test('what a model must keep to be run is always checked', () => {
  const all = [{ id: 'safety/links', gatesRun: true } as Check, ...checks];
  const ids = (only: string[], skip: string[]) =>
    withGates(all, chooseChecks(all, only, skip)).map(({ id }) => id);
  expect(ids(['output/shape'], [])).toEqual(['safety/links', 'output/shape']);
  expect(ids([], ['safety', 'output'])).toEqual(['safety/links', 'input/every-size']);
});

test('a pattern that fits nothing is said, with what was meant', () => {
  expect(() => chosen(['output/shap'])).toThrow('There is no check output/shap. Did you mean output/shape?');
  expect(() => chosen([], ['.*'])).toThrow('There is no check');
});

test('skipping everything is no run', () => {
  expect(() => chosen(['output'], ['output'])).toThrow('nothing would be checked');
});
