import { expect, test } from 'vitest';
import { parseSpec } from '../contract/parsing/parse.js';
import { checkSpecs } from './check-specs.js';
import { reading } from './testing/fake-checks.js';

const checks = [reading('acme/one')];
const specOf = (name: string, text: string) => {
  const file = `/specs/${name}.yaml`;
  return { file, parsed: parseSpec(text, file) };
};
const good = specOf('good', 'model: m\napi: image-feature-vector\nimage_size: 8\nnum_features: 4\n');
const bad = specOf('bad', 'model: m\n');

/** A run that gets no further than to ask for TensorFlow. */
function runUntil(addon: () => Promise<string>, signal = new AbortController().signal) {
  const told: string[] = [];
  const run = checkSpecs([bad, good], {
    checks,
    modules: [{ file: '/acme.js', name: 'acme.js', checks }],
    seed: 1,
    strict: false,
    processes: 1,
    allowUnsafe: false,
    version: '1.0.0',
    cwd: '/specs',
    startedAt: new Date(0),
    environment: { node: '', os: '', tensorflow: '', tfjsNode: '' },
    addon,
    onProgress: ({ kind, spec }) => told.push(`${kind} ${spec}`),
    signal,
  });
  return { run, told };
}

test('a run that is stopped while TensorFlow is prepared ends as one that was interrupted', async () => {
  const controller = new AbortController();
  const { run, told } = runUntil(async () => {
    controller.abort(new Error('stopped'));
    throw controller.signal.reason;
  }, controller.signal);
  const { interrupted, verdict, models, rules } = await run;
  expect([interrupted, verdict]).toEqual([true, 'unknown']);
  expect(models).toMatchObject([
    {
      name: 'bad',
      checks: [],
      problem: expect.stringMatching(/^bad\.yaml:1:1: /),
      mistakes: expect.arrayContaining([
        expect.stringMatching(/^bad\.yaml:1:1: error: `api` is missing\n {2}\|\n1 \| model: m\n/),
      ]),
    },
    { name: 'good', checks: [], problem: expect.stringContaining('interrupted') },
  ]);
  expect(rules).toMatchObject([{ id: 'acme/one', module: 'acme.js' }]);
  expect(told).toEqual(['spec-unreadable /specs/bad.yaml']);
});

test('whatever else keeps TensorFlow from being prepared is thrown', async () => {
  const fault = new Error('no TensorFlow');
  await expect(runUntil(() => Promise.reject(fault)).run).rejects.toBe(fault);
});
