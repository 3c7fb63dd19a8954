import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { nodeOf } from './node-of.test.support.js';
import { type Packed, pack } from './packed.test.support.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
let packed: Packed;

beforeAll(async () => {
  await ensureRuntime();
  packed = await pack(folder);
}, 600_000);

afterAll(remove);

/** Version 4 is what this package brings along; `test/package.model.test.ts` has it. */
describe.concurrent.each([
  { version: '3', nodeMajor: process.versions.node.replace(/\..*/, '') },
  { version: '5', nodeMajor: '22' },
])('vitest $version of a project', { timeout: 300_000 }, ({ version, nodeMajor }) => {
  test('runs the checks of a spec, and shows remedy and replay of a failure', async (context) => {
    const node = await nodeOf(nodeMajor, folder);
    if (node === undefined) return context.skip(`npm gave no Node ${nodeMajor}`);
    const project = path.join(folder, `project-${version}`);
    layOut(project);
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    const packages = [packed.tarball, `vitest@${version}`];
    const installed = await run('npm', ['install', ...options, ...packages], { cwd: project });
    expect(installed.code, installed.err).toBe(0);
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose', '-t', 'output/'];
    const { code, out, err } = await run(node, args, { cwd: project });
    const shown = out + err;
    expect([code, shown]).toEqual([1, expect.stringContaining(`v${version}.`)]);
    expect(shown).toMatch(/✓ specs\/float64-rows\.yaml > float64-rows > output\/shape/);
    expect(shown).toMatch(/remedy: Cast at the very end/);
    expect(shown).toContain('more:   npx assay explain output/dtype');
    expect(shown).toMatch(
      /replay: npx assay check specs\/float64-rows\.yaml --only output\/dtype --seed \d+\n/,
    );
    const typed = await run(inProject('node_modules/.bin/tsc'), ['--noEmit', 'vitest.config.ts', ...typing], {
      cwd: project,
    });
    expect(typed).toMatchObject({ code: 0, out: '' });
  });
});

const typing = '--module NodeNext --moduleResolution NodeNext --target ES2023 --strict --skipLibCheck'.split(
  ' ',
);

function layOut(project: string): void {
  mkdirSync(project);
  const twin = 'models-under-test/twins/float64-rows';
  cpSync(inProject(twin), path.join(project, 'specs/float64-rows'), { recursive: true });
  cpSync(inProject(`${twin}.yaml`), path.join(project, 'specs/float64-rows.yaml'));
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const imports = `import { assay } from 'model-assay/vitest';\nimport { defineConfig } from 'vitest/config';\n`;
  const config = `export default defineConfig({ plugins: [assay()], test: { include: ['specs/*.yaml'] } });\n`;
  writeFileSync(path.join(project, 'vitest.config.ts'), imports + config);
}
