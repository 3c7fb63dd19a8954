import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allChecks } from '../api/plan.js';
import { compareModels } from '../harness/compare/compare.js';
import type { Contract } from '../harness/contract/contract.js';
import { readSpec } from '../harness/contract/parsing/parse.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { ModelSession } from '../harness/run/model-session.js';
import type { Answer, Comparison, Purpose } from '../harness/verdict/comparison.js';
import type { ModelRun } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
const replacement = (name: string) => inProject('models-under-test/replacements', name);
const spec = inProject('specs/tiny-classifier.yaml');
let addon = '';
let contract: Contract;

const contractIn = async (spec: string): Promise<Contract> => {
  const parsed = await readSpec(spec, { checkIds: (await allChecks()).map(({ id }) => id) });
  if (parsed.kind !== 'contract') throw new Error(`${spec} is no contract.`);
  return { ...parsed.contract, runs: 20 };
};

beforeAll(async () => {
  ({ addon } = await ensureRuntime());
  contract = await contractIn(spec);
}, 600_000);

afterAll(remove);

/** By files and calls alone; what checks say is asked for by the command below. */
async function answerFor(model: string, purpose: Purpose, seed: number, held = contract, digest = '') {
  const kept = { checks: [], verdict: 'conforms', digest } as unknown as ModelRun;
  const sides = [held.model, { kind: 'folder', path: model } as const].map((location) => ({
    contract: held,
    session: new ModelSession({ ...held, model: location }, { addon: async () => addon, workFolder: folder }),
    run: kept,
    safe: true,
  }));
  const [old, now] = sides;
  if (!old || !now) throw new Error('two sides');
  try {
    return await compareModels(old, now, {
      purpose,
      seed,
      pictures: async () => [],
      isOfTraining: () => false,
      signal: new AbortController().signal,
    });
  } finally {
    for (const { session } of sides) await session.close();
  }
}

test('of files that are not those that were checked, nothing is concluded', async () => {
  const found = await answerFor(replacement('classes-swapped'), 'inference', 1, contract, 'sha256:1');
  expect(found).toMatchObject({
    answer: 'undecided',
    contract: [],
    undecided: Array(2).fill(expect.stringContaining('changed after it was checked')),
  });
});

describe('a model in the place of tiny-classifier', () => {
  test.each<[string, Answer, string, Purpose]>([
    ['tiny-classifier', 'identical', '', 'fine-tuning'],
    ['keras-layers', 'identical', 'variables', 'fine-tuning'],
    ['half-precision', 'drop-in', '', 'fine-tuning'],
    ['weight-moved', 'another-function', '', 'inference'],
    ['head-fine-tuned', 'another-function', '', 'fine-tuning'],
    ['classes-swapped', 'not-a-replacement', 'order of columns', 'inference'],
    ['six-classes', 'not-a-replacement', 'output', 'inference'],
    ['required-argument', 'not-a-replacement', 'argument temperature', 'inference'],
    ['other-default', 'not-a-replacement', 'argument dropout_rate', 'fine-tuning'],
    ['other-default', 'identical', 'argument dropout_rate', 'inference'],
    ['other-order', 'not-a-replacement', 'variables', 'fine-tuning'],
    ['other-order', 'identical', 'variables', 'inference'],
    ['heavier-decay', 'not-a-replacement', 'sum of the losses', 'fine-tuning'],
    ['heavier-decay', 'identical', '', 'inference'],
    ['drops-more', 'another-function', '', 'fine-tuning'],
    ['drops-more', 'identical', '', 'inference'],
    ['drops-nothing', 'another-function', '', 'fine-tuning'],
    ['unguarded-in-training', 'another-function', '', 'fine-tuning'],
    ['unguarded-in-training', 'identical', '', 'inference'],
  ])(
    '%s: %s, %s for %s',
    async (name, answer, what, purpose) => {
      const model = name === 'tiny-classifier' ? inProject('models-under-test', name) : replacement(name);
      const found = await answerFor(model, purpose, 1);
      expect(found).toMatchObject({ answer, undecided: [] });
      if (what !== '') expect(found.contract.map((one) => one.what)).toContain(what);
    },
    120_000,
  );
});

describe('a model in the place of one whose training is random, or counts', () => {
  test.each<[string, string, Answer]>([
    ['momentum-after-dropout', 'twins/momentum-after-dropout-differs', 'another-function'],
    ['momentum-after-dropout', 'twins/momentum-after-dropout-ignored', 'another-function'],
    ['seeded-dropout', 'replacements/another-seed', 'identical'],
    ['seeded-dropout', 'replacements/another-seed-drops-more', 'another-function'],
    ['seeded-dropout', 'replacements/another-seed-other-momentum', 'another-function'],
    ['warms-up', 'replacements/warms-up-other-momentum', 'another-function'],
    ['warms-up', 'replacements/warms-up-by-a-thousandth', 'another-function'],
    ['branch-by-coin', 'branch-by-coin', 'identical'],
    ['branch-by-coin', 'replacements/unfair-coin', 'another-function'],
    ['mirrored-by-coin', 'mirrored-by-coin', 'identical'],
  ])('%s by %s: %s', async (old, now, answer) => {
    const held = await contractIn(inProject(`specs/${old}.yaml`));
    for (const seed of [1, 2]) {
      const found = await answerFor(inProject('models-under-test', now), 'fine-tuning', seed, held);
      expect(found).toMatchObject({ answer, undecided: [] });
    }
  });
});

describe('assay compare', () => {
  const out = path.join(folder, 'reports');
  const compare = async (old: string, now: string, ...args: readonly string[]) => {
    const { code } = await assay(['compare', old, now, '--seed', '4', '--out', out, ...args], {
      cwd: folder,
    });
    const comparison = JSON.parse(readFileSync(path.join(out, 'comparison.json'), 'utf8')) as Comparison;
    return { code, comparison };
  };

  test('tells the answer, its reasons and its witness in every format', async () => {
    const moved = replacement('weight-moved');
    const { code, comparison } = await compare(
      spec,
      moved,
      '--report',
      'json,html,markdown',
      '--images',
      inProject('specs/shapes-classifier'),
    );
    expect(comparison.function?.rows.map(({ kind }) => kind)).toEqual(['inference', 'image files']);
    expect(code).toBe(1);
    expect(comparison).toMatchObject({ answer: 'another-function', old: { verdict: 'conforms' } });
    expect(comparison.function?.witness).toMatchObject({ batch: { count: 1 }, picture: 'comparison.png' });
    expect(readFileSync(path.join(out, 'comparison.md'), 'utf8')).toContain('another function');
    expect(readFileSync(path.join(out, 'comparison.html'), 'utf8')).toContain('data:image/png;base64,');
    const ajv = new Ajv({ strictTypes: false });
    addFormats.default(ajv, ['date-time']);
    const schema = JSON.parse(readFileSync(inProject('specs/comparison.schema.json'), 'utf8'));
    expect(ajv.validate(schema, comparison), ajv.errorsText()).toBe(true);
  }, 300_000);

  test('calls that ask for random numbers are compared in distribution', async () => {
    const sampling = inProject('specs/samples-on-request.yaml');
    const { code, comparison } = await compare(sampling, inProject('models-under-test/samples-on-request'));
    expect(code).toBe(0);
    expect(comparison.function?.drawn).toMatchObject([{ kind: 'sample=True', same: true }]);
  }, 300_000);

  test('of a twin: what it breaks that OLD keeps', async () => {
    const twin = inProject('models-under-test/twins/half-probabilities');
    const { code, comparison } = await compare(inProject('models-under-test/tiny-classifier'), twin);
    expect(code).toBe(1);
    expect(comparison).toMatchObject({ answer: 'not-a-replacement', inferred: true });
  }, 300_000);

  test('of a model that never ends: nothing is claimed', async () => {
    const hasty = path.join(folder, 'hasty.yaml');
    mkdirSync(folder, { recursive: true });
    const text = readFileSync(spec, 'utf8').replaceAll(/^(model|classes): /gm, `$1: ${inProject('specs')}/`);
    writeFileSync(hasty, `${text}\nlimits: { deadline: 2s, model_deadline: 8s }\n`);
    const { code, comparison } = await compare(hasty, replacement('endless-for-seven'));
    expect(code).toBe(2);
    expect(comparison).toMatchObject({ answer: 'undecided' });
  }, 300_000);
});
