import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GitHubApi } from '../cli/comment/github-api.test.support.js';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { action, type Job, runAction, type StepEnded } from './composite-action.test.support.js';
import { type Packed, pack } from './packed.test.support.js';
import { emptyFolder } from './run-command.js';
import { type SmallProject, smallProject } from './shards.test.support.js';

const { folder, remove } = emptyFolder();
const github = new GitHubApi();
let packed: Packed;
let project: SmallProject;
let api: string;

beforeAll(async () => {
  await ensureRuntime();
  packed = await pack(folder);
  project = smallProject();
  mkdirSync(path.join(folder, 'temporary'));
  writeFileSync(path.join(folder, 'event.json'), '{ "pull_request": { "number": 12 } }');
  api = await github.start();
}, 600_000);

afterAll(() => {
  github.stop();
  project.remove();
  remove();
});

test('no expression stands in a script, where it would be run', () => {
  const scripts = action().runs.steps.flatMap((step) => step.run ?? []);
  expect(scripts.length).toBeGreaterThan(2);
  expect(scripts.filter((script) => script.includes('${'.concat('{')))).toEqual([]);
});

describe('the action, run as GitHub runs it', { timeout: 300_000 }, () => {
  let steps: StepEnded[];
  let outputs: Record<string, string>;

  beforeAll(async () => {
    ({ steps, outputs } = await acted({ comment: 'true', sarif: 'true' }));
  }, 300_000);

  test('fails with the exit code of assay, and annotates the spec', () => {
    expect(named('Check models')).toMatchObject({ outcome: 'failure', code: 1 });
    expect(named('Check models').out).toMatch(/^::error file=specs\/float64-rows\.yaml,line=\d+/m);
    expect(outputs).toEqual({ 'exit-code': '1', report: 'assay-report' });
  });

  test('writes the summary of the job', () => {
    expect(readFileSync(path.join(folder, 'summary.md'), 'utf8')).toMatch(/^## ❌[\s\S]*float64-rows/);
  });

  test('keeps reports, findings and TensorFlow all the same', () => {
    expect(named('Keep the reports').with).toMatchObject({ name: 'assay-report', path: 'assay-report' });
    const { sarif_file: sarif = '' } = named('Send findings to code scanning').with ?? {};
    expect(JSON.parse(readFileSync(project.at(sarif), 'utf8')).runs[0].results).not.toEqual([]);
    const [restored, kept] = [named('Restore TensorFlow').with, named('Keep TensorFlow').with];
    expect(kept).toEqual(restored);
    expect(kept?.path).toBe(cacheFolder());
    expect(kept?.key).toMatch(/^model-assay-Linux-X64-\d+-\d+$/);
  });

  test('comments on the pull request, and edits that comment in the next run', async () => {
    expect(named('Comment on the pull request').out).toBe('The comment was added.\n');
    const options = { args: "--only output/dtype 'signature/*'", specs: "'specs/tiny-*.yaml'" };
    const next = await acted({ ...options, comment: 'true' }, { 'restore.cache-hit': 'true' });
    expect(next.outputs).toMatchObject({ 'exit-code': '0' });
    expect(github.comments).toMatchObject([{ body: expect.stringMatching(/^<!-- .* -->\n## ✅ Conforms/) }]);
    const left = next.steps.filter(({ outcome }) => outcome === 'skipped').map(({ name }) => name);
    expect(left).toEqual(['Keep TensorFlow', 'Send findings to code scanning']);
  });

  test('runs nothing that an input says, and loses no option', async () => {
    const evil = '$(touch evil) `touch evil`; touch evil';
    const ended = await acted({ specs: evil, args: evil, cache: 'false' });
    expect(ended.outputs).toMatchObject({ 'exit-code': '2' });
    expect(existsSync(project.at('evil'))).toBe(false);
    const unquoted = await acted({ args: "--strict 'specs", artifact: '' });
    expect(unquoted.outputs).toMatchObject({ 'exit-code': '' });
    const taken = unquoted.steps.map(({ outcome }) => outcome);
    expect(taken.slice(0, 5)).toEqual(['success', 'success', 'failure', 'success', 'skipped']);
  });

  test('installs nothing but this package', async () => {
    const ended = await acted({ version: 'npm:another-package' });
    expect(ended.steps[0]).toMatchObject({ outcome: 'failure', code: 2 });
    expect(ended.steps.slice(1).filter(({ outcome }) => outcome !== 'skipped')).toEqual([]);
  });

  function named(name: string): StepEnded {
    const found = steps.find((step) => step.name === name);
    if (found === undefined) throw new Error(`There is no step ${name}.`);
    return found;
  }
});

function acted(inputs: Readonly<Record<string, string>>, given: Job['given'] = {}) {
  const env = {
    ASSAY_CACHE: cacheFolder(),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: api,
    GITHUB_EVENT_PATH: path.join(folder, 'event.json'),
    GITHUB_REPOSITORY: 'owner/models',
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
    GITHUB_WORKSPACE: project.at(),
    RUNNER_ARCH: 'X64',
    RUNNER_OS: 'Linux',
    npm_config_prefer_offline: 'true',
  };
  const all = { specs: 'specs/float64-rows.yaml', version: packed.tarball, ...inputs };
  return runAction({
    inputs: all,
    workspace: project.at(),
    temporary: path.join(folder, 'temporary'),
    env,
    given,
  });
}
