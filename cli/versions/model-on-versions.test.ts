import { describe, expect, test } from 'vitest';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import type { ReadSpec } from '../../harness/run/read-specs.js';
import type { CheckResult, ModelRun, Run } from '../../harness/verdict/run.js';
import { modelOnVersions } from './model-on-versions.js';
import type { RanOn } from './run-on.js';

const spec: ReadSpec = {
  file: '/specs/a.yaml',
  parsed: { kind: 'contract', contract: { ...fakeContract(), name: 'a' }, lines: new Map() },
} as unknown as ReadSpec;

const check = (status: CheckResult['status'], more: Partial<CheckResult> = {}): CheckResult => ({
  id: `output/${status}`,
  level: 'must',
  status,
  demands: '',
  summary: 's',
  cases: 0,
  calls: 1,
  durationMs: 0,
  ...more,
});

function ranOn(version: string, verdict: ModelRun['verdict'], ...checks: CheckResult[]): RanOn {
  const models = [{ name: 'a', spec: 'a.yaml', model: 'm', verdict, checks }];
  const run = { models } as unknown as Run;
  return {
    version,
    specs: [spec],
    run,
    paths: [],
    missing: [],
    runtime: () => Promise.reject(new Error('none')),
  };
}

const { run: _, ...notRun } = ranOn('2.3.0', 'unknown');
const writer = { recorded: '2.15.1', version: '2.15.1' };
const usual = { writer, byWriter: false, outputs: [], strict: false };

describe('a model on versions', () => {
  test.each<[string, RanOn, object]>([
    ['one that conforms says no more', ranOn('2.15.1', 'conforms', check('pass')), { verdict: 'conforms' }],
    [
      'what fails, not what is a warning',
      ranOn(
        '2.15.1',
        'does-not-conform',
        check('fail', { id: 'output/warned', level: 'should' }),
        check('fail', { finding: { where: 'call', expected: 'an output', actual: 'no operation Conv' } }),
      ),
      { because: { check: 'output/fail', says: 'call: no operation Conv' } },
    ],
    [
      'what could not be decided',
      ranOn('2.15.1', 'unknown', check('pass'), check('error', { reason: 'It crashed.' })),
      { because: { check: 'output/error', says: 'It crashed.' } },
    ],
    ['nothing decided', ranOn('2.15.1', 'unknown'), { because: { says: 'No check reached a verdict.' } }],
    [
      'a version that is not there',
      { ...notRun, unavailable: 'TensorFlow 2.3.0 cannot be prepared.' },
      { verdict: 'unknown', because: { says: 'TensorFlow 2.3.0 cannot be prepared.' } },
    ],
  ])('%s', (_, ran, result) => {
    expect(modelOnVersions(spec, [ran], usual).results).toMatchObject([result]);
  });

  test('a version that ran only other models is no result', () => {
    const other = { ...ranOn('2.12.0', 'conforms'), specs: [] };
    const found = modelOnVersions(spec, [other, ranOn('2.15.1', 'conforms', check('pass'))], usual);
    expect(found.results.map(({ version }) => version)).toEqual(['2.15.1']);
    expect(found).toMatchObject({ headline: 'conforms on 2.15.1', writtenWith: '2.15.1' });
  });

  test.each([true, false])(
    'a writer that is not known counts only where it was requested: %s',
    (byWriter) => {
      const unknown = { unknown: 'The model does not record which TensorFlow wrote it.' };
      const ran = [ranOn('2.15.1', 'conforms', check('pass'))];
      const { headline } = modelOnVersions(spec, ran, { ...usual, writer: unknown, byWriter });
      expect(headline).toBe(
        byWriter ? 'conforms on 2.15.1, not known on the version that wrote it' : 'conforms on 2.15.1',
      );
    },
  );
});

test('a model whose files changed from one version to the next is decided on none', () => {
  const on = ['2.12.0', '2.15.1'].map((version, at) => {
    const one = ranOn(version, 'conforms', check('pass'));
    const models = (one.run?.models ?? []).map((model) => ({ ...model, digest: `sha256:${at}` }));
    return { ...one, run: { ...one.run, models } } as RanOn;
  });
  const { results } = modelOnVersions(spec, on, usual);
  const changed = { verdict: 'unknown', because: { says: expect.stringContaining('changed') } };
  expect(results).toMatchObject([changed, changed]);
});
