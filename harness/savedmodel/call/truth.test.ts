import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSavedModel } from '../reading/read.js';
import type { Endpoint, SavedModel } from '../saved-model.js';
import type { CallArguments } from './argument-value.js';
import { resolveCall } from './resolve.js';

const root = new URL('../../../../', import.meta.url);
const truth = new URL('models-under-test/truth/resolution.json', root);

/** Whether the loaded object found a concrete function for a call in Python. */
type Row = {
  /** Path of the model's folder in the project. */
  readonly model: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly arguments: CallArguments;
  readonly accepted: boolean;
  /** Which of the endpoint's concrete functions it was, where that could be seen. */
  readonly trace?: number;
};

const rows = existsSync(truth) ? (JSON.parse(readFileSync(truth, 'utf8')) as readonly Row[]) : [];

describe('a call finds the concrete function that it finds in Python', () => {
  const models = [...new Set(rows.map(({ model }) => model))];
  if (models.length === 0) test.skip('models-under-test/truth/resolution.json is not there');
  test.each(models)('%s', async (model) => {
    const endpoint = endpointOf(await readSavedModel(fileURLToPath(new URL(model, root))));
    const own = rows.filter((row) => row.model === model);
    expect(own.map((row) => answer(endpoint, row))).toEqual(own.map(recorded));
  });
});

/** The object itself, or the signature of a model that has nothing else. */
function endpointOf({ methods, signatures }: SavedModel): Endpoint {
  const endpoint = methods.get('__call__') ?? signatures.get('serving_default');
  if (endpoint === undefined) throw new Error('There is nothing to call.');
  return endpoint;
}

function recorded({ shape, dtype, arguments: args, accepted, trace }: Row) {
  return { shape, dtype, args, accepted, trace };
}

function answer(endpoint: Endpoint, row: Row) {
  const resolution = resolveCall(endpoint, row, row.arguments);
  const found =
    resolution.kind === 'found' ? endpoint.concreteFunctions.indexOf(resolution.concreteFunction) : undefined;
  const trace = row.trace === undefined ? undefined : found;
  return { ...recorded(row), accepted: found !== undefined, trace };
}
