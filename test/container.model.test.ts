import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { pack } from './packed.test.support.js';
import { type Ended, emptyFolder, run } from './run-command.js';
import { type SmallProject, smallProject } from './shards.test.support.js';

const { folder, remove } = emptyFolder();
const dockerfile = readFileSync(inProject('Dockerfile'), 'utf8').replaceAll(/\\\n\s*/g, '');

/** Where the image has everything, in this folder. */
const baked = path.join(folder, 'opt/model-assay');

/** Without network, and as the user of the image where that can be had. */
const [, user = ''] = /^USER (\d+)$/m.exec(dockerfile.slice(dockerfile.lastIndexOf('\nFROM'))) ?? [];
const asUser = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'];
const isolated = process.getuid?.() === 0 ? ['-n', '--', ...asUser] : ['-r', '-n', '--'];
const { code } = await run('unshare', [...isolated, 'true']).catch(() => ({ code: 1 }));
if (code !== 0)
  console.warn('Skipped: this machine allows no `unshare -n`, so the network cannot be taken away.');

describe.skipIf(code !== 0)('the steps of the Dockerfile', { timeout: 600_000 }, () => {
  let project: SmallProject;
  let built: Ended;

  beforeAll(async () => {
    project = smallProject();
    mkdirSync(baked, { recursive: true });
    chmodSync(folder, 0o755);
    chmodSync(project.at(), 0o777);
    const { tarball } = await pack(folder);
    const env = {
      ...variables('build'),
      PACKAGE: `./${path.basename(tarball)}`,
      npm_config_prefer_offline: 'true',
    };
    built = await run('sh', ['-c', placed(packageStep())], { cwd: folder, env });
  }, 600_000);

  afterAll(() => {
    project.remove();
    remove();
  });

  test('bake in the package and TensorFlow', () => {
    expect([built.code, built.err]).toEqual([0, expect.stringContaining('Loading the addon')]);
    expect(existsSync(path.join(baked, 'bin/assay'))).toBe(true);
  });

  test('give an image that checks models without network and without root', async () => {
    const [, entry = ''] = /^ENTRYPOINT \["(\w+)"\]$/m.exec(dockerfile) ?? [];
    const args = [
      ...isolated.slice(1),
      entry,
      'check',
      'specs',
      '--only',
      'output/dtype',
      '--report',
      'json',
    ];
    expect(Number(user)).toBeGreaterThan(0);
    const { code, out } = await run('unshare', args, { cwd: project.at(), env: variables('image') });
    expect([code, out]).toEqual([1, expect.stringMatching(/float64 in the signature/)]);
    const { models, environment } = project.runIn('assay-report');
    expect(environment.tensorflow).toMatch(/^2\./);
    expect(models.map(({ verdict }) => verdict).sort()).toEqual([
      'conforms',
      'conforms',
      'conforms',
      'does-not-conform',
    ]);
  });
});

/** The step that installs packages of Debian is left out: it changes the machine. */
function packageStep(): string {
  const steps = [...dockerfile.matchAll(/^RUN (.*)$/gm)].flatMap(([, step]) => step ?? []);
  const [debian, install, ...others] = steps;
  expect([debian, others]).toEqual([expect.stringMatching(/^apt-get update && apt-get install /), []]);
  return (install ?? '').replace('--mount=type=bind,target=/context ', '');
}

/** What ENV sets in the first or the last stage. */
function variables(stage: 'build' | 'image'): Record<string, string> {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const text = (stage === 'build' ? stages[0] : stages.at(-1)) ?? '';
  const [, set = ''] = /^ENV (.*)$/m.exec(text) ?? [];
  const pairs = set
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string]);
  const ours = pairs.map(([name, value]) => [name, placed(value).replace('$PATH', process.env.PATH ?? '')]);
  return Object.fromEntries(ours);
}

function placed(text: string): string {
  return text.replaceAll('/opt/model-assay', baked);
}
