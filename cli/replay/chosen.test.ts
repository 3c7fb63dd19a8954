import { expect, test } from 'vitest';
import { variedRun } from '../../reports/fixtures/varied-run.js';
import { chosenFailures } from './chosen.js';

test('of a run without models, it is said that there is nothing to replay', () => {
  expect(() => chosenFailures({ ...variedRun(), models: [] }, 'run.json', {})).toThrow(
    'run.json: that run has no models, so there is nothing to replay.',
  );
});

test('a model that is not there is named', () => {
  expect(() => chosenFailures(variedRun(), 'run.json', { model: 'new' })).toThrow(
    'run.json: that run had no model new.',
  );
});
