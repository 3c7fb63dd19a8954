import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { blocksOf } from './markdown.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
const at = (...parts: readonly string[]) => path.join(folder, ...parts);

/** Commands of a page that start with `assay`, one by one. */
function commandsOf(page: string): string[] {
  const lines = blocksOf(page).flatMap(({ language, text }) => (language === '' ? text.split('\n') : []));
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('assay '));
}

function inShell(command: string) {
  return run('sh', ['-c', command], { cwd: folder, env: { PATH: `${at('bin')}:${process.env.PATH}` } });
}

/** What a reader has before the first command. */
beforeAll(async () => {
  await ensureRuntime();
  mkdirSync(at('bin'));
  writeFileSync(
    at('bin/assay'),
    `#!/bin/sh\nexec ${process.execPath} ${inProject('dist/bundle/cli.js')} "$@"\n`,
  );
  chmodSync(at('bin/assay'), 0o755);
  symlinkSync(inProject('models-under-test'), at('models-under-test'));
  for (const name of ['tiny-classifier', 'tiny-features']) {
    cpSync(inProject('specs', `${name}.yaml`), at('specs', `${name}.yaml`));
    for (const copy of [`downloads/${name}-v2`, `downloads/${name}`, `next-release/${name}`])
      cpSync(inProject('models-under-test', name), at(copy), { recursive: true });
  }
  cpSync(inProject('specs/tiny-classifier.labels.txt'), at('specs/tiny-classifier.labels.txt'));
}, 600_000);

afterAll(remove);

describe('docs/audit.md', () => {
  test('its commands answer what they say', { timeout: 600_000 }, async () => {
    const stored = 'assay check --report json --seed 3 --out';
    for (const asked of ['before specs', '. specs/tiny-classifier.yaml'])
      expect(await inShell(`${stored} ${asked}`), asked).toMatchObject({ code: 0 });
    for (const copy of ['after', 'main']) cpSync(at('before'), at(copy), { recursive: true });
    expect(await inShell('assay attest run.json --out tiny-classifier.statement.json')).toMatchObject({
      code: 0,
    });
    const answers: readonly (readonly [start: string, code: number])[] = [
      ['assay compare', 1],
      // Waiving what did not fail makes the waiver stale.
      ['assay report run.json --waive', 1],
      ['assay report run.json --tolerance', 2],
    ];
    // Other versions of TensorFlow are hundreds of megabytes: test/versions.model.test.ts has two.
    const commands = commandsOf('docs/audit.md').filter((command) => !command.includes('--tensorflow'));
    expect(commands.length).toBeGreaterThan(8);
    for (const command of commands) {
      const [, code] = answers.find(([start]) => command.startsWith(start)) ?? ['', 0];
      const ended = await inShell(command);
      expect([command, ended.code, ended.err], ended.out).toEqual([command, code, expect.any(String)]);
    }
  });
});

describe('docs/publish.md', () => {
  test('its commands lead from a model to a report', { timeout: 300_000 }, async () => {
    for (const [model, from] of [
      ['path/to/model', 'twins/keras3-export'],
      ['path/to/model-for-hub', 'tiny-features'],
    ] as const)
      cpSync(inProject('models-under-test', from), at(model), { recursive: true });
    // A .keras file needs Python: test/exporters.model.test.ts has that.
    const commands = commandsOf('docs/publish.md').filter((command) => !command.includes('.keras'));
    expect(commands).toHaveLength(3);
    for (const command of commands) expect(await inShell(command), command).toMatchObject({ code: 0 });
  });
});
