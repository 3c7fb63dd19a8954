import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { type Packed, pack, registryWith } from './packed.test.support.js';
import { type Ended, emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
/** A project of somebody else's, with the package in it as npm would install it. */
const project = path.join(folder, 'project');
let packed: Packed;

beforeAll(async () => {
  await ensureRuntime();
  packed = await pack(folder);
  layOut();
}, 600_000);

afterAll(remove);

describe('installed elsewhere', () => {
  let installed: Ended;

  beforeAll(async () => {
    const registry = await registryWith(packed);
    const unreachable = { TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:9/' };
    const args = ['install', '--no-audit', '--no-fund', '--registry', registry.url, 'model-assay'];
    installed = await run('npm', args, { cwd: project, env: unreachable });
    registry.close();
    expect(installed.code, installed.err).toBe(0);
  }, 300_000);

  test('warns of nothing, and has no script that npm would run', () => {
    expect(installed.err).toBe('');
    const lock = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8'));
    const packages: [string, { readonly hasInstallScript?: true }][] = Object.entries(lock.packages);
    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter(([, one]) => one.hasInstallScript)).toEqual([]);
  });

  test('brings no tfjs-node along', () => {
    expect(existsSync(path.join(project, 'node_modules/@tensorflow'))).toBe(false);
  });

  test('checks a model that conforms: 0, and its reports', async () => {
    const { code, out, err } = await run('npx', ['assay', 'check', 'specs/tiny-features.yaml'], {
      cwd: project,
    });
    expect(err).not.toMatch(/fault of assay/);
    expect(out).toMatch(/Conforms/);
    expect(code).toBe(0);
    expect(JSON.parse(written('run.json'))).toMatchObject({ verdict: 'conforms' });
    expect(written('junit.xml')).toMatch(/^<\?xml .*\n<testsuites /);
    expect(written('report.html')).toContain('pixelsOf');
  });

  test('checks a broken one: 1, and where', async () => {
    const { code, out } = await run('npx', ['assay', 'check', 'specs/float64-rows.yaml'], { cwd: project });
    expect(out).toContain('output/dtype');
    expect(code).toBe(1);
    expect(written('junit.xml')).toContain('<failure');
  });

  test('writes a spec with init that check can read', async () => {
    const model = 'models-under-test/tiny-features';
    expect((await run('npx', ['assay', 'init', model, '--out', 'first.yaml'], { cwd: project })).code).toBe(
      0,
    );
    const { code, err } = await run('npx', ['assay', 'inspect', model], { cwd: project });
    expect([code, err]).toEqual([0, '']);
    expect((await run('npx', ['assay', 'check', 'first.yaml'], { cwd: project })).code).toBe(0);
  });

  test('runs checks of another package beside its own', async () => {
    const bring = await run('npm', ['install', '--install-links', '--prefer-offline', './acme-checks'], {
      cwd: project,
    });
    expect(bring.code, bring.err).toBe(0);
    const args = ['check', 'specs/tiny-features.yaml', '--checks', 'acme-checks', '--only', 'acme'];
    const { code, out } = await run('npx', ['assay', ...args], { cwd: project });
    expect([code, out]).toEqual([0, expect.stringContaining('Conforms')]);
    const { models, rules } = JSON.parse(written('run.json'));
    expect(models[0].checks).toMatchObject([
      { id: 'safety/inside-its-folder' },
      { id: 'safety/no-dangerous-ops' },
      { id: 'acme/eight-columns', status: 'pass', calls: 1 },
    ]);
    expect(rules.at(-1)).toMatchObject({ module: 'node_modules/acme-checks/index.js' });
  });

  test('runs in plain vitest, where a broken promise is a failed test', async () => {
    const temporary = path.join(project, 'temporary');
    mkdirSync(temporary);
    const { code, out, err } = await run('npx', ['vitest', 'run', '--reporter=verbose'], {
      cwd: project,
      env: { TMPDIR: temporary },
    });
    expect(code).toBe(1);
    expect(err).not.toMatch(/warning|deprecated/i);
    expect(err).toMatch(/remedy: Cast at the very end/);
    expect(err).toMatch(/replay: npx assay check specs\/float64-rows.yaml --only output\/dtype --seed \d+\n/);
    expect(readdirSync(temporary).filter((name) => name.startsWith('assay-'))).toEqual([]);
    expect(out).toMatch(/✓ specs\/tiny-features\.yaml > tiny-features > output\/dtype/);
    expect(out).toMatch(/× specs\/float64-rows\.yaml > float64-rows > output\/dtype/);
  });
});

/** The project's files: two specs with their models, and a configuration of vitest. */
function layOut(): void {
  mkdirSync(path.join(project, 'specs'), { recursive: true });
  const bring = (from: string, to = from) =>
    cpSync(inProject(from), path.join(project, to), { recursive: true });
  bring('models-under-test/tiny-features');
  bring('specs/tiny-features.yaml');
  bring('models-under-test/twins/float64-rows', 'specs/float64-rows');
  bring('models-under-test/twins/float64-rows.yaml', 'specs/float64-rows.yaml');
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n');
  layOutChecks();
  const plugin = `import { assay } from 'model-assay/vitest';\n`;
  const config = `export default { plugins: [assay()], test: { include: ['specs/*.yaml'] } };\n`;
  writeFileSync(path.join(project, 'vitest.config.mjs'), plugin + config);
}

/** A package of somebody else's that has one check. */
function layOutChecks(): void {
  const folder = path.join(project, 'acme-checks');
  mkdirSync(folder);
  const manifest = { name: 'acme-checks', version: '1.0.0', type: 'module', exports: './index.js' };
  const needs = { peerDependencies: { 'model-assay': '*' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, ...needs }));
  writeFileSync(
    path.join(folder, 'index.js'),
    `import { always, smallestSize } from 'model-assay/check';

export const checks = [
  {
    id: 'acme/eight-columns',
    level: 'must',
    demands: 'The output MUST have eight columns.',
    explain: { matters: 'Our tables have eight.', decided: 'One image is called.', fix: 'Give eight.' },
    applies: always,
    kind: 'measurement',
    measure: async (subject, contract) => {
      const { shape } = await subject.call({ ...smallestSize(contract), count: 1, pattern: 'noise', seed: 1 });
      if (shape[1] === 8) return { status: 'pass', summary: 'eight columns' };
      return { status: 'fail', finding: { where: 'columns', expected: '8', actual: String(shape[1]) } };
    },
  },
];
`,
  );
}

function written(file: string): string {
  return readFileSync(path.join(project, 'assay-report', file), 'utf8');
}
