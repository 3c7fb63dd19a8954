import { mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inProject, projectFolder } from '../proof/project.js';
import { bench, conforming, disks, specOf, works } from './machine.js';
import { run } from './run-command.js';

const { at, check, remove } = bench();
const shared = realpathSync(inProject('node_modules'));
const readOnly = disks(...[projectFolder, shared].flatMap((folder) => ['--ro-bind', folder, folder]));
afterAll(remove);

describe.skipIf(!(await works([...readOnly, 'true'])))('an installed package', { timeout: 60_000 }, () => {
  test('is not written into by the command line, not even into the cache of vitest', async () => {
    mkdirSync(at('cache-of-vitest'));
    const through = disks('--bind', at('cache-of-vitest'), path.join(shared, '.vite'));
    expect(await check({ through })).toMatchObject({ code: 0, left: [] });
    expect(readdirSync(at('cache-of-vitest'))).toEqual([]);
  });

  test('is all that the plugin for vitest needs, read-only and behind a link', async () => {
    mkdirSync(at('node_modules'));
    symlinkSync(projectFolder, at('node_modules', 'model-assay'));
    symlinkSync(inProject('node_modules', 'vitest'), at('node_modules', 'vitest'));
    specOf(conforming, at('plain.yaml'));
    const config = "plugins: [assay({ seed: 7 })], test: { include: ['plain.yaml'] }";
    writeFileSync(
      at('vitest.config.mjs'),
      `import { assay } from 'model-assay/vitest';\nexport default { ${config} };`,
    );
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--testNamePattern', 'output/finite'];
    const [program = '', ...before] = readOnly;
    const env = { TMPDIR: at('tmp') };
    const { code, out } = await run(program, [...before, process.execPath, ...args], { cwd: at(), env });
    expect(out).toMatch(/Tests .*1 passed/);
    expect(code).toBe(0);
    expect(readdirSync(at('tmp'))).toEqual([]);
  });
});
