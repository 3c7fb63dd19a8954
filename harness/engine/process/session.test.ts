import { expect, test } from 'vitest';
import type { Addon } from './addon.js';
import { Session } from './session.js';

/** A session whose addon notes what it loads and discards. */
function noted() {
  const seen: string[] = [];
  const folders: string[] = [];
  const addon: Partial<Addon> = {
    TF_Version: '2.9.1',
    loadSavedModel: (folder) => {
      seen.push(`+${folder}`);
      return folders.push(folder) - 1;
    },
    deleteSavedModel: (model) => void seen.push(`-${folders[model]}`),
  };
  return { seen, session: new Session(addon as Addon, 'model', { kind: 'range', min: 0, max: 1 }) };
}

const run = { values: [], fetch: [] };

test('a model beside another is loaded once', () => {
  const { seen, session } = noted();
  for (const folder of ['a', 'b', 'a']) session.sessionFor({ ...run, in: folder });
  expect(session.sessionFor(run)).toBe(session);
  expect(seen).toEqual(['+model', '+a', '+b']);
});

test('of models that each ask to be alone, one is held at a time, and never is the first discarded', () => {
  const { seen, session } = noted();
  for (const folder of ['a', 'a', 'b', 'a']) session.sessionFor({ ...run, in: folder, alone: true });
  expect(seen).toEqual(['+model', '+a', '-a', '+b', '-b', '+a']);
});
