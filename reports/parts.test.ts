import { expect, test } from 'vitest';
import type { Run } from '../harness/verdict/run.js';
import { conformingRun } from './fixtures/varied-run.js';
import { formats } from './formats.js';
import { junit } from './junit.js';
import { sarif } from './sarif.js';
import { headline } from './wording/headline.js';

const shard = { index: 2, count: 3, plan: `sha256:${'0'.repeat(64)}`, options: {}, specs: [] };
const part: Run = { ...conformingRun(), selection: { only: [], skip: [], shard } };
const empty: Run = { ...part, verdict: 'unknown', models: [] };

test('a part is never taken for a whole run: its headline says so', () => {
  expect(headline(part).verdict).toBe('Conforms (shard 2 of 3)');
  expect(headline(empty)).toEqual({
    verdict: 'Nothing to check (shard 2 of 3)',
    why: 'no spec falls to this shard',
  });
});

test.each(formats.map(({ name, render }) => ({ name, render })))('in $name', ({ name, render }) => {
  const says = name === 'json' ? /"index": 2,\s+"plan/ : /shard[ -]2[ -]of[ -]3/;
  expect(render(part)).toMatch(says);
  expect(render(empty)).toMatch(says);
  expect(render(conformingRun())).not.toMatch(says);
});

test('so does one of which only some checks were chosen, and nothing was decided by the others', () => {
  const rules = ['output/shape', 'output/dtype'].map((id) => ({ id, matters: '', mend: '' }));
  const chosen: Run = { ...conformingRun(), rules, selection: { only: ['output/*'], skip: [] } };
  expect(headline(chosen).verdict).toBe('Conforms (only 2 chosen checks)');
  for (const { name, render } of formats)
    if (name !== 'json') expect(render(chosen), name).toMatch(/only[ -]2[ -]chosen[ -]checks/);
});

test('an empty part is no error, and an empty run is', () => {
  expect(junit(empty)).not.toContain('<error');
  expect(junit(empty)).toContain('<skipped message="no spec falls to this shard"');
  expect(sarif(empty)).toContain('"executionSuccessful": true');
  const { selection: _, ...whole } = empty;
  expect(junit(whole)).toContain('<error');
  expect(sarif(whole)).toContain('"executionSuccessful": false');
});
