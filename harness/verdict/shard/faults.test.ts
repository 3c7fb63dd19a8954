import { expect, test } from 'vitest';
import type { ModelRun, Run } from '../run.js';
import { partsOf } from './faults.js';
import { merged } from './merge.js';
import { asPart } from './plan.js';

const rules = ['a/one', 'a/two'].map((id) => ({ id, matters: '', mend: '' }));

/** The shard of each spec, and its digest. */
const planned = [
  { spec: 'a.yaml', specDigest: 'sha256:a', shard: 2 },
  { spec: 'b.yaml', specDigest: 'sha256:b', shard: 1 },
  { spec: 'c.yaml', specDigest: 'sha256:c', shard: 2 },
];

function modelOf(spec: string, change: Partial<ModelRun> = {}): ModelRun {
  const base = { level: 'must', demands: '', summary: '', cases: 0, calls: 0, durationMs: 0 } as const;
  const checks = rules.map(({ id }) => ({ id, ...base, status: 'pass' as const }));
  return {
    name: spec.replace('.yaml', ''),
    spec,
    model: '',
    api: '',
    digest: '',
    specDigest: `sha256:${spec.replace('.yaml', '')}`,
    verdict: 'conforms',
    checks,
    durationMs: 1,
    callMs: 1,
    ...change,
  };
}

const whole: Run = {
  format: 1,
  tool: { name: 'model-assay', version: '1.0.0' },
  startedAt: '2026-11-26T10:00:00.000Z',
  durationMs: 30,
  seed: 7,
  strict: false,
  interrupted: false,
  environment: { node: '20', os: 'linux-x64', tensorflow: '2.21.0', tfjsNode: '4' },
  verdict: 'conforms',
  rules,
  models: planned.map(({ spec }) => modelOf(spec)),
};

type Changes = { readonly run?: Partial<Run>; readonly specs?: typeof planned; readonly count?: number };

/** A part as a machine makes it. */
function part(index: number, { run = {}, specs = planned, count = 3 }: Changes = {}): Run {
  const names = specs.filter(({ shard }) => shard === index).map(({ spec }) => spec);
  const models = names.map((spec) => modelOf(spec));
  const verdict = models.length > 0 ? 'conforms' : 'unknown';
  return asPart({ ...whole, durationMs: 10, models, verdict, ...run }, { index, count, options: {}, specs });
}

/** What is said of parts that were put into folders 1, 2, … */
function said(...runs: readonly Run[]) {
  const named = runs.map((run, at) => ({ from: `parts/${at + 1}`, run }));
  const parts = partsOf(named, '1.0.0');
  return typeof parts === 'string' ? parts : merged(parts);
}

/** The shard that a part says it is, after somebody has edited it. */
function claiming(run: Run, change: Partial<NonNullable<NonNullable<Run['selection']>['shard']>>): Run {
  const shard = run.selection?.shard;
  if (!shard) throw new Error('no part');
  return { ...run, selection: { only: [], skip: [], shard: { ...shard, ...change } } };
}

test('all parts, in any order, are the whole run, an empty one among them', () => {
  const late = '2026-11-26T11:00:00.000Z';
  expect(said(part(3), part(2, { run: { startedAt: late } }), part(1))).toEqual(whole);
});

test('the patterns of the whole run stay', () => {
  const run = { selection: { only: ['a'], skip: [] } };
  const parts = [1, 2, 3].map((index) => part(index, { run }));
  expect(said(...parts)).toEqual({ ...whole, ...run });
});

test('one that breaks a promise, and one that could not be decided, make the verdict', () => {
  const broken = part(1, {
    run: { verdict: 'does-not-conform', models: [modelOf('b.yaml', { verdict: 'does-not-conform' })] },
  });
  expect(said(broken, part(2), part(3))).toMatchObject({ verdict: 'does-not-conform' });
  const problem = { verdict: 'unknown', checks: [], problem: 'unreadable' } as const;
  const unread = part(1, { run: { verdict: 'unknown', models: [modelOf('b.yaml', problem)] } });
  expect(said(unread, part(2), part(3))).toMatchObject({ verdict: 'unknown' });
});

const edited = 'parts/2 has been changed: its plan is not the one that its digest is of.';

test.each<[string, () => readonly Run[], string]>([
  ['a shard was killed', () => [part(1), part(3)], 'Shard 2 of 3 is missing.'],
  ['an empty shard was killed', () => [part(1), part(2)], 'Shard 3 of 3 is missing.'],
  ['only one came through', () => [part(2)], 'Shards 1 and 3 of 3 are missing.'],
  [
    'a part is there twice',
    () => [part(1), part(2), part(2), part(3)],
    'parts/2 and parts/3 are both shard 2 of 3.',
  ],
  ['a whole run', () => [part(1), whole, part(3)], 'parts/2 has a whole run, and no part of one.'],
  [
    'another seed',
    () => [part(1), part(2, { run: { seed: 8 } }), part(3)],
    'parts/1 and parts/2 are not of one run: the seed differs: 7 and 8.',
  ],
  [
    'another version',
    () => [part(1), part(2, { run: { tool: { name: 'model-assay', version: '0.9.0' } } }), part(3)],
    'parts/2 was made by assay 0.9.0, and this is 1.0.0.',
  ],
  [
    'another TensorFlow',
    () => [
      part(1),
      part(2, { run: { environment: { ...whole.environment, tensorflow: '2.15.1' } } }),
      part(3),
    ],
    'parts/1 and parts/2 are not of one run: TensorFlow differs: 2.21.0 and 2.15.1.',
  ],
  [
    'another Node',
    () => [part(1), part(2, { run: { environment: { ...whole.environment, node: '22' } } }), part(3)],
    'parts/1 and parts/2 are not of one run: Node differs: 20 and 22.',
  ],
  [
    'another number',
    () => [part(1), part(2, { count: 4 })],
    'parts/1 and parts/2 are not of one run: the number of shards differs: 3 and 4.',
  ],
  [
    '--strict in one',
    () => [part(1), part(2, { run: { strict: true } }), part(3)],
    'parts/1 and parts/2 are not of one run: --strict differs: not given and given.',
  ],
  [
    'a spec changed',
    () => [
      part(1),
      part(2, { specs: planned.map((one) => ({ ...one, specDigest: `${one.specDigest}2` })) }),
      part(3),
    ],
    'parts/1 and parts/2 are not of one run: a.yaml, or a file that it names, has changed from one to the other.',
  ],
  [
    'a spec was added',
    () => [part(1), part(2, { specs: [...planned, { spec: 'd.yaml', specDigest: 'sha256:d', shard: 1 }] })],
    'parts/1 and parts/2 are not of one run: only one has d.yaml, of 3 specs and 4.',
  ],
  [
    'split otherwise',
    () => [part(1), part(2, { specs: planned.map((one) => ({ ...one, shard: 2 })) })],
    'parts/1 and parts/2 are not of one run: they split the specs in another way.',
  ],
  [
    'other checks',
    () => [part(1), part(2, { run: { rules: rules.slice(1) } })],
    'parts/1 and parts/2 are not of one run: the checks differ',
  ],
  [
    'interrupted',
    () => [part(1), part(2, { run: { interrupted: true } }), part(3)],
    'parts/2, shard 2 of 3, was interrupted.',
  ],
  [
    'judged again',
    () => [part(1), part(2, { run: { rejudged: { from: '', digest: '' } } })],
    'parts/2 was judged again: merge the parts as they were made, then judge the whole.',
  ],
  [
    'a seed was edited in all parts',
    () => [1, 2, 3].map((index) => ({ ...part(index), seed: 8 })),
    'parts/1 has been changed: its plan is not the one that its digest is of.',
  ],
  [
    'its digest was edited',
    () => [part(1), claiming(part(2), { plan: `sha256:${'0'.repeat(64)}` }), part(3)],
    edited,
  ],
  [
    'one claims to be the shard that is missing',
    () => [part(1), claiming(part(2), { index: 3 }), claiming(part(3), { index: 2 })],
    'Shard 2 of 3 (parts/3) lacks a.yaml.',
  ],
  [
    'one claims to be another one',
    () => [part(1), part(2), claiming(part(1), { index: 3 })],
    'Shard 3 of 3 (parts/3) has b.yaml, which the plan does not give to it.',
  ],
  [
    'one claims to be beyond the last',
    () => [part(1), part(2), claiming(part(3), { index: 4 })],
    'parts/3 says that it is shard 4 of 3.',
  ],
  [
    'a model is gone',
    () => [part(1), part(2, { run: { models: [modelOf('a.yaml')] } }), part(3)],
    'Shard 2 of 3 (parts/2) lacks c.yaml.',
  ],
  [
    'a model is there twice',
    () => [part(1, { run: { models: [modelOf('b.yaml'), modelOf('b.yaml')] } }), part(2), part(3)],
    'Shard 1 of 3 (parts/1) has a model twice.',
  ],
  [
    'a spec changed while a shard ran',
    () => [part(1, { run: { models: [modelOf('b.yaml', { specDigest: 'sha256:z' })] } }), part(2), part(3)],
    'Shard 1 of 3 (parts/1): b.yaml changed while it ran.',
  ],
  [
    'a model was replaced between two shards',
    () => [
      part(1, { run: { models: [modelOf('b.yaml', { model: 'm', digest: 'sha256:1' })] } }),
      part(2, {
        run: { models: [modelOf('a.yaml'), modelOf('c.yaml', { model: 'm', digest: 'sha256:2' })] },
      }),
      part(3),
    ],
    'The model m was another one for b.yaml than for c.yaml.',
  ],
  [
    'a check is gone',
    () => [
      part(1, { run: { models: [modelOf('b.yaml', { checks: modelOf('b').checks.slice(1) })] } }),
      part(2),
      part(3),
    ],
    'Shard 1 of 3 (parts/1): b.yaml lacks a/one.',
  ],
  [
    'a check is there twice',
    () => [
      part(1, {
        run: { models: [modelOf('b.yaml', { checks: [...modelOf('b').checks, ...modelOf('b').checks] })] },
      }),
      part(2),
      part(3),
    ],
    'Shard 1 of 3 (parts/1): b.yaml has a/one, which the plan does not.',
  ],
])('%s', (_, runs, sentence) => {
  expect(said(...runs())).toContain(sentence);
});
