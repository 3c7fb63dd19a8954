import { describe, expect, test } from 'vitest';
import type { CheckResult, ModelRun } from '../harness/verdict/run.js';
import { defectsIn } from './defects.js';
import { type Material, planFor, specOfModel, specOfTwin } from './material.js';
import { page } from './page.js';
import type { Twin } from './project.js';
import type { SeedRun } from './seed-run.js';
import { tallyOf } from './tally.js';

const shape: Twin = {
  twin: 'rank-four',
  check: 'output/shape',
  family: 'Shapes',
  fault: '',
  also: { 'output/dtype': 'why' },
};
const root: Twin = { twin: 'only-signatures', check: 'signature/root-call', family: 'Signatures', fault: '' };
const material: Material = { models: ['sound'], twins: [shape, root] };
const rules = ['output/shape', 'signature/root-call'];

const passing = result('output/dtype', { status: 'pass' });
const caught = result('output/shape', { status: 'fail', cases: 3 });
const missed = result('output/shape', { status: 'pass' });

describe('a proof', () => {
  test('holds when sound models pass and twins are caught', () => {
    expect(defectsIn(tallyOf(material, seeds(20)), rules)).toEqual([]);
  });

  test('bears one escape in 20, not one in 19, and not two', () => {
    const escaping = (all: number, escapes: number) =>
      defectsIn(
        tallyOf(
          material,
          seeds(all, (seed) => (seed <= escapes ? { rank: [missed] } : {})),
        ),
        rules,
      );
    expect(escaping(20, 1)).toEqual([]);
    expect(escaping(19, 1)).toHaveLength(1);
    expect(escaping(20, 2)).toEqual([
      'rank-four: not caught by output/shape in 2 of 20: seed 1, output/shape pass: said; 1 more',
    ]);
  });

  test.each([
    ['an inconclusive check', [result('output/shape', { status: 'error' })]],
    ['no verdict at all', []],
  ])('counts as an escape: %s', (_, rank) => {
    expect(
      defectsIn(
        tallyOf(
          material,
          seeds(1, () => ({ rank })),
        ),
        rules,
      ),
    ).toHaveLength(1);
  });

  test.each([
    ['a failed MUST', [passing, result('output/finite', { status: 'fail' })]],
    ['a failed SHOULD', [passing, result('output/finite', { status: 'fail', level: 'should' })]],
    ['a warning', [result('output/dtype', { status: 'pass', warnings: ['slow'] })]],
    ['an inconclusive check', [passing, result('output/finite', { status: 'error' })]],
    ['nothing checked', []],
  ])('counts as a false alarm: %s', (_, sound) => {
    const [defect, ...more] = defectsIn(
      tallyOf(
        material,
        seeds(1, () => ({ sound })),
      ),
      rules,
    );
    expect(defect).toMatch(/^sound: false alarm: seed 1, /);
    expect(more).toEqual([]);
  });

  test.each([
    ['one that `also` names', 'output/dtype', 'must', 'fail', 0],
    ['a SHOULD', 'output/finite', 'should', 'fail', 0],
    ['another MUST', 'output/finite', 'must', 'fail', 1],
    ['an inconclusive check', 'output/finite', 'should', 'error', 1],
  ] as const)('lets fail along with a twin: %s', (_, id, level, status, defects) => {
    const rank = [caught, result(id, { status, level })];
    expect(
      defectsIn(
        tallyOf(
          material,
          seeds(1, () => ({ rank })),
        ),
        rules,
      ),
    ).toHaveLength(defects);
  });

  test('needs a twin for each rule, and every run', () => {
    expect(defectsIn(tallyOf(material, seeds(1)), [...rules, 'output/finite'])[0]).toMatch(
      /^output\/finite: no/,
    );
    const died: SeedRun = { seed: 2, died: 'out of memory' };
    expect(defectsIn(tallyOf(material, [...seeds(1), died]), rules)).toEqual([
      'seed 2: the run crashed: out of memory',
    ]);
    expect(defectsIn(tallyOf(material, []), rules)).toHaveLength(3);
  });
});

describe('the plan', () => {
  test('is everything at the first seed', () => {
    const plan = planFor(material, 0);
    expect([...plan.keys()]).toEqual([specOfModel('sound'), specOfTwin(shape), specOfTwin(root)]);
    expect(new Set([...plan.values()].map((checks) => checks.length)).size).toBe(1);
  });

  test('leaves out afterwards what no seed changes', () => {
    const plan = planFor(material, 1);
    expect([...plan.keys()]).toEqual([specOfModel('sound'), specOfTwin(shape)]);
    const asked = plan.get(specOfTwin(shape)) ?? [];
    expect(asked.flatMap(({ id, kind }) => (kind === 'reading' ? [] : [id]))).toEqual([
      'output/dtype',
      'output/shape',
    ]);
  });
});

test('and can leave out broken models from some seed on', () => {
  expect([...planFor(material, 1, 2).keys()]).toContain(specOfTwin(shape));
  expect([...planFor(material, 2, 2).keys()]).toEqual([specOfModel('sound')]);
});

test('the page says first whether it holds, then how much that means', () => {
  const good = page(tallyOf(material, seeds(20)), rules, '2.21.0');
  expect(good).toMatch(/^✅ \*\*It holds\.\*\* Over 20 seeds:\n\n- 1 conforming model: no false alarm\.$/m);
  expect(good).toContain('| false alarms on conforming models | 1 | 20 | 0 | 14 % |');
  expect(good).toContain('| Shapes | 1 | 20 | 20 |');
  expect(good).toContain('| shape | rank-four | 20 of 20 | 3 cases | 1 image, 16×16, noise, seed 7 |  |');
  const bad = page(
    tallyOf(
      material,
      seeds(2, () => ({ rank: [missed] })),
    ),
    rules,
    '2.21.0',
  );
  expect(bad).toMatch(/^❌ \*\*It does not hold: 1 defect\.\*\*$/m);
  expect(bad).toContain('| shape | rank-four | 0 of 2 |');
});

type Changed = { readonly sound?: readonly CheckResult[]; readonly rank?: readonly CheckResult[] };

/** So many seeds of a proof that holds, but for what is changed at some of them. */
function seeds(count: number, changed: (seed: number) => Changed = () => ({})): SeedRun[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = index + 1;
    const { sound = [passing], rank = [caught] } = changed(seed);
    const read: [string, ModelRun][] = [
      [specOfTwin(root), modelRun([result('signature/root-call', { status: 'fail' })])],
    ];
    const results = new Map([
      [specOfModel('sound'), modelRun(sound)],
      [specOfTwin(shape), modelRun(rank)],
      ...(index === 0 ? read : []),
    ]);
    return { seed, results };
  });
}

function modelRun(checks: readonly CheckResult[]): ModelRun {
  const verdict = checks.length === 0 ? 'unknown' : 'conforms';
  return { name: '', spec: '', model: '', api: '', digest: '', verdict, checks, durationMs: 0, callMs: 0 };
}

function result(id: string, change: Partial<CheckResult>): CheckResult {
  const base = {
    id,
    level: 'must' as const,
    demands: '',
    summary: 'said',
    cases: 0,
    calls: 0,
    durationMs: 0,
  };
  const batch = { count: 1, height: 16, width: 16, pattern: 'noise' as const, seed: 7 };
  const finding = { where: 'here', expected: 'one', actual: 'another', batch };
  return { ...base, status: 'pass', ...(change.status === 'fail' ? { finding } : {}), ...change };
}
