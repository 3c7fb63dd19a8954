import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { emptyFolder, run } from './run-command.js';
import { recipe } from './scale.test.support.js';
import { type SmallProject, smallProject } from './shards.test.support.js';

const interpreter = process.env.ASSAY_PYTHON ?? 'python3';
const schemas = await run(interpreter, ['-c', 'import check_jsonschema, kubernetes_validate']);
if (schemas.code !== 0)
  console.warn(`Skipped: ${interpreter} has no check-jsonschema and kubernetes-validate. Install both.`);

const [github, gitlab, kubernetes] = [recipe('github'), recipe('gitlab'), recipe('kubernetes')];

describe.skipIf(schemas.code !== 0)('by the schema of its engine', () => {
  const { folder, remove } = emptyFolder();
  afterAll(remove);

  test.each([
    ['GitHub', github, ['check_jsonschema', '--builtin-schema', 'vendor.github-workflows']],
    ['GitLab', gitlab, ['check_jsonschema', '--builtin-schema', 'vendor.gitlab-ci']],
    ['Kubernetes', kubernetes, ['kubernetes_validate', '--strict']],
  ])('the recipe for %s is valid, and one with a slip is not', async (name, text, validator) => {
    expect(await validity(name, text, validator)).toMatchObject({ code: 0 });
    const slip = text.replace(/(?:fail-fast|parallel|completions):/, 'shards:').replace('[1, 2, 3]', '1');
    expect((await validity(name, slip, validator)).code).toBe(1);
  });

  function validity(name: string, text: string, validator: readonly string[]) {
    const file = `${folder}/${name}.yaml`;
    writeFileSync(file, text);
    return run(interpreter, ['-m', ...validator, file]);
  }
});

/** The commands of a recipe that start assay, as a shell gets them, and the variables that its engine sets. */
type Commands = {
  readonly checks: readonly { readonly command: string; readonly env: Readonly<Record<string, string>> }[];
  readonly merge: string;
};

describe.each<[string, () => Commands]>([
  ['GitHub', commandsOfGitHub],
  ['GitLab', commandsOfGitLab],
  ['Kubernetes', commandsOfKubernetes],
])('the commands of the recipe for %s', (_, commandsOf) => {
  let project: SmallProject;

  beforeAll(async () => {
    await ensureRuntime();
    project = smallProject();
    project.install();
  }, 600_000);

  afterAll(() => project.remove());

  test('make the whole run, and say so when the last shard was lost', { timeout: 300_000 }, async () => {
    const { checks, merge } = commandsOf();
    const shell = (command: string, env = {}) =>
      run('sh', ['-c', command.replaceAll('/parts/', 'parts/')], { cwd: project.at(), env });
    const said: string[] = [];
    for (const { command, env } of checks) said.push((await shell(command, env)).err);
    expect(said.map((text) => /^Shard (\d) of 3/.exec(text)?.[1])).toEqual(['1', '2', '3']);
    const ended = await shell(merge);
    expect([ended.code, ended.err]).toEqual([1, '']);
    const { models, selection } = project.runIn('assay-report');
    expect([models.length, selection]).toEqual([4, undefined]);
    const lost = await shell(`rm -r $(ls -d parts/*3 parts/*/2 2>/dev/null) && ${merge} --out lost`);
    expect([lost.code, lost.err]).toEqual([2, expect.stringContaining('Shard 3 of 3 is missing.')]);
  });
});

const shards = [1, 2, 3];

/** GitHub fills its expressions in, and gives each artifact a folder. */
function commandsOfGitHub(): Commands {
  const { jobs } = parse(github);
  const { shard } = jobs.check.strategy.matrix;
  expect(shard).toEqual(shards);
  const command = assayIn(jobs.check.steps.map((step: { run?: string }) => step.run ?? ''));
  const of = (index: number) =>
    command
      .replace(/\$\{\{ github\.run_number \}\}/, '12')
      .replace(/\$\{\{ matrix\.shard \}\}/, `${index}`)
      .replace(/\$\{\{ strategy\.job-total \}\}/, `${shard.length}`);
  const checks = shards.map((index) => ({
    command: `${of(index)} && r=0 || r=$?; mkdir -p parts && mv assay-report parts/part-${index}; exit $r`,
    env: { GITHUB_RUN_ID: '1' },
  }));
  return { checks, merge: assayIn(jobs.merge.steps.map((step: { run?: string }) => step.run ?? '')) };
}

function commandsOfGitLab(): Commands {
  const { check, merge } = parse(gitlab);
  expect(check.parallel).toBe(shards.length);
  const checks = shards.map((index) => ({
    command: assayIn(check.script),
    env: {
      CI_NODE_INDEX: `${index}`,
      CI_NODE_TOTAL: `${check.parallel}`,
      CI_JOB_NAME: `check ${index}/${check.parallel}`,
      CI_PIPELINE_ID: '1234',
      CI_PIPELINE_IID: '12',
    },
  }));
  return { checks, merge: assayIn(merge.script) };
}

function commandsOfKubernetes(): Commands {
  const { spec } = parse(kubernetes);
  expect([spec.completions, spec.completionMode]).toEqual([shards.length, 'Indexed']);
  const [container] = spec.template.spec.containers;
  expect([container.name, ...container.command]).toEqual([
    spec.podFailurePolicy.rules[0].onExitCodes.containerName,
    'sh',
    '-c',
  ]);
  const checks = shards.map((index) => ({
    command: assayIn(container.args),
    env: { JOB_COMPLETION_INDEX: `${index - 1}`, ASSAY_RUN: 'RUN' },
  }));
  return { checks, merge: recipe('kubernetes-merge') };
}

function assayIn(commands: readonly string[]): string {
  const [command, ...others] = commands.filter((one) => one.startsWith('npx assay '));
  expect(others).toEqual([]);
  return command ?? '';
}
