import { describe, expect, test } from 'vitest';
import { always, type Check } from './check.js';
import { faultInCheck } from './shape-of-check.js';

const rule = {
  id: 'acme/brightness',
  level: 'must',
  demands: 'The output MUST be bright.',
  explain: { matters: 'm', decided: 'd', fix: 'f' },
  applies: always,
} as const;

const checks: readonly Check[] = [
  { ...rule, kind: 'reading', read: () => ({ status: 'pass', summary: '' }) },
  { ...rule, kind: 'measurement', measure: async () => ({ status: 'pass', summary: '' }) },
  {
    ...rule,
    level: () => 'should',
    promisedBy: ['api'],
    kind: 'property',
    corners: () => [],
    space: () => ({
      height: { min: 1, max: 1, step: 1 },
      width: { min: 1, max: 1, step: 1 },
      pixelsPerCall: 1,
      minCount: 1,
    }),
    holds: async () => undefined,
    held: () => '',
  },
];

test.each(checks)('a $kind is a check', (check) => {
  expect(faultInCheck(check)).toBeUndefined();
});

describe('no check is one', () => {
  const [reading, measurement, property] = checks;

  test.each<[string, unknown, string]>([
    ['that is nothing', null, 'It must be an object.'],
    ['with an id of one word', { ...reading, id: 'brightness' }, '`id` must be your name'],
    ['with an id that is no name', { ...reading, id: 'acme/../x' }, '`id` must be'],
    ['with another level', { ...reading, level: 'may' }, '`level` must be'],
    ['that demands nothing', { ...reading, demands: 'It is bright.' }, '`demands` must be a sentence'],
    ['that explains nothing', { ...reading, explain: { matters: '' } }, '`explain` must be an object'],
    ['of no kind', { ...rule, kind: 'constructor' }, "`kind` must be 'reading', 'property' or"],
    ['that reads nothing', { ...reading, read: undefined }, '`read` must be a function.'],
    ['that measures nothing', { ...measurement, measure: 'x' }, '`measure` must be a function.'],
    ['that tries nothing', { ...property, holds: undefined }, '`holds` must be a function.'],
  ])('%s', (_, value, fault) => {
    expect(faultInCheck(value)).toContain(fault);
  });
});
