import { describe, expect, test } from 'vitest';
import type { OutputsCompared, VersionsRun } from '../../harness/verdict/versions.js';
import { versionsHtml } from './html.js';
import { versionsJson } from './json.js';
import { versionsMarkdown } from './markdown.js';
import { versionsText } from './terminal.js';

const row = { kind: 'inference', images: 300, largest: 0.5, typical: 0.25, timesNoise: 40, cosine: 0.5 };
const batch = { count: 1, height: 16, width: 16, pattern: 'noise', seed: 7 } as const;
const witness = {
  ...{ kind: 'inference', batch, arguments: {}, row: 0, unit: 2, old: 1, new: 1.5, allowed: 0.01, shrunk: 3 },
};
const other: OutputsCompared = {
  from: '2.15.1',
  to: '2.21.0',
  function: { rows: [row], sameToNoise: false, sameWithin: false, witness },
  differences: [],
  undecided: [],
};
const run: VersionsRun = {
  format: 1,
  tool: { name: 'model-assay', version: '0.1.0' },
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1000,
  seed: 7,
  strict: false,
  interrupted: false,
  environment: { node: '22.0.0', os: 'linux-x64' },
  verdict: 'does-not-conform',
  versions: [
    { version: '2.12.0', run: 'tensorflow-2.12.0/run.json' },
    { version: '2.15.1', run: 'tensorflow-2.15.1/run.json' },
    { version: '2.21.0', unavailable: 'TensorFlow 2.21.0 cannot be prepared.' },
  ],
  models: [
    {
      name: '<b>model</b>',
      spec: 'specs/a.yaml',
      model: 'models/a',
      writtenWith: '2.21.0',
      headline: 'conforms from 2.15.1 on, not on 2.12.0',
      results: [
        {
          version: '2.12.0',
          verdict: 'does-not-conform',
          because: { check: 'signature/loads', says: 'this TensorFlow has no operation Conv' },
        },
        { version: '2.15.1', verdict: 'conforms' },
        { version: '2.21.0', verdict: 'unknown', because: { says: 'TensorFlow 2.21.0 cannot be prepared.' } },
      ],
      outputs: [other],
    },
  ],
};

const text = versionsText(run, { color: false, columns: 100, reports: ['out/versions.json'] });

describe('versions side by side', () => {
  test('as text: the headline, each version with its reason, and how far outputs differ', () => {
    expect(text).toContain('✗ <b>model</b> conforms from 2.15.1 on, not on 2.12.0');
    expect(text).toContain(
      'on        ✗ 2.12.0: does not conform; signature/loads: this TensorFlow has no operation Conv',
    );
    expect(text).toContain('? 2.21.0: could not decide; TensorFlow 2.21.0 cannot be prepared.');
    expect(text).toContain('outputs   ! 2.15.1 and 2.21.0: different beyond the noise');
    expect(text).toContain('inference: images 300, largest 0.5, typical 0.25, × noise 40, cosine 0.5');
    expect(text).toContain('row 0, column 2: 1 on 2.15.1, 1.5 on 2.21.0; rounding explains 0.01');
    expect(text).toContain('16×16, noise, seed 7');
  });

  test.each<[string, Partial<OutputsCompared>, string]>([
    [
      'the same',
      { function: { rows: [row], sameToNoise: true, sameWithin: true } },
      '✓ 2.15.1 and 2.21.0: the same to the noise',
    ],
    [
      'a call that one refuses',
      { differences: [{ what: 'calls', from: 'a call runs', to: 'no kernel' }] },
      'calls: a call runs (2.15.1), no kernel (2.21.0)',
    ],
    [
      'other training',
      {
        function: {
          rows: [row],
          sameToNoise: true,
          sameWithin: true,
          training: { same: false, says: 'NEW says: no' },
        },
      },
      '2.21.0 says: no',
    ],
    [
      'a lost process',
      { undecided: ['It crashed.'], function: { rows: [], sameToNoise: true, sameWithin: true } },
      'It crashed.',
    ],
    [
      'no call answered',
      { function: { rows: [], sameToNoise: true, sameWithin: true } },
      'No call was answered on both.',
    ],
  ])('of outputs: %s', (_, changed, says) => {
    const models = run.models.map((model) => ({ ...model, outputs: [{ ...other, ...changed }] }));
    expect(versionsText({ ...run, models }, { color: false, columns: 200 })).toContain(says);
  });

  test.each([
    ['conforms', [other], '! Every model conforms on every version, but outputs differ beyond the noise'],
    ['conforms', [], '✓ Every model conforms on every version'],
    [
      'does-not-conform',
      [other],
      '✗ Every model conforms on every version, but outputs differ beyond the noise',
    ],
    ['unknown', [], '? Could not decide for every model and version'],
  ] as const)('the last line of a run that %s', (verdict, outputs, line) => {
    const results = [{ version: '2.12.0', verdict: 'conforms' } as const];
    const models = run.models.map((model) => ({ ...model, results, outputs }));
    expect(versionsText({ ...run, verdict, models }, { color: false, columns: 100 }).split('\n')).toContain(
      line,
    );
  });

  test('as Markdown and HTML, where a name is text', () => {
    expect(versionsMarkdown(run)).toContain('### ❌ \\<b\\>model\\</b\\> conforms from 2.15.1 on');
    expect(versionsMarkdown(run)).toContain('no operation Conv');
    const page = versionsHtml(run);
    expect(page).not.toContain('<b>model');
    expect(page).toContain('href="tensorflow-2.15.1/report.html"');
    expect(page).toContain('different beyond the noise');
  });

  test('as JSON, everything', () => {
    expect(JSON.parse(versionsJson(run))).toEqual(run);
  });
});

test.each([
  ['text', (one: VersionsRun) => versionsText(one, { color: false, columns: 200 })],
  ['Markdown', versionsMarkdown],
  ['HTML', versionsHtml],
  ['JSON', versionsJson],
])('%s says that only some checks were chosen', (_, render) => {
  const chosen = render({ ...run, selection: { only: ['output/shape'], skip: [] } });
  expect(chosen).toMatch(/only chosen checks|output\/shape/);
  expect(render(run)).not.toMatch(/only chosen checks|"selection"/);
});
