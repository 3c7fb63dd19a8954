import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { nodeOf } from './node-of.test.support.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();

beforeAll(async () => {
  await ensureRuntime();
}, 600_000);

afterAll(remove);

describe.each(['20', '22', '24'])('Node %s', (major) => {
  test('checks a model in TensorFlow', { timeout: 300_000 }, async (context) => {
    const node = await nodeOf(major, folder);
    if (node === undefined) return context.skip(`npm gave no Node ${major}`);
    const out = path.join(folder, `report-${major}`);
    const cli = inProject('dist/bundle/cli.js');
    const args = [cli, 'check', inProject('specs/tiny-features.yaml'), '--out', out];
    const ended = await run(node, args, { cwd: folder });
    expect(ended, ended.out).toMatchObject({ code: 0 });
    const { environment } = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8'));
    expect(environment.node.split('.')[0]).toBe(major);
  });
});
