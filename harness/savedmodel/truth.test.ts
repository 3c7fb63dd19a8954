import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CallArguments } from './given.js';
import { readSavedModel } from './read.js';
import { resolveCall } from './resolve.js';

const models = new URL('../../../models-under-test/', import.meta.url);
const truth = new URL('truth/resolution.json', models);

/** Whether the loaded object took a call in Python. */
type Row = {
  readonly model: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly arguments: CallArguments;
  readonly accepted: boolean;
  readonly error?: string | null;
};

const rows = existsSync(truth) ? (JSON.parse(readFileSync(truth, 'utf8')) as readonly Row[]) : [];

describe('__call__ takes what it takes in Python', () => {
  const names = [...new Set(rows.map(({ model }) => model))];
  test.skipIf(names.length > 0)(
    'skipped: models-under-test/truth/resolution.json is not there',
    () => undefined,
  );
  test.each(names)('%s', async (name) => {
    const own = rows.filter(({ model }) => model === name);
    const endpoint = (await readSavedModel(folderOf(name))).methods.get('__call__');
    const answers = own.map((row) => {
      const resolution = endpoint && resolveCall(endpoint, row, row.arguments);
      return { ...row, accepted: resolution?.kind === 'trace' };
    });
    expect(answers).toEqual(own);
  });
});

function folderOf(name: string): string {
  const found = [name, `twins/${name}`].find((folder) => existsSync(new URL(folder, models)));
  return fileURLToPath(new URL(found ?? name, models));
}
