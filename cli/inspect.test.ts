import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspect } from './inspect.js';

const models = new URL('../../models-under-test/', import.meta.url);

describe('assay inspect', () => {
  test('shows what can be called, the variables, the losses and the captures', async () => {
    const { code, out } = await run('odd-captures');
    expect(code).toBe(0);
    expect(out).toMatch(/^odd-captures, written by TensorFlow 2\.\d+\.\d+\nsha256:[0-9a-f]{64}\n\nMethods\n/);
    expect(out).toContain(
      [
        '  __call__(images, training=False)',
        '    images: float32 [?, ?, ?, 3], training=False → float32 [?, 6]',
        '    images: float32 [?, ?, ?, 3], training=True → float32 [?, 6]',
        '    operations: AddV2, AssignVariableOp, ',
      ].join('\n'),
    );
    expect(out).toContain('  convolution.kernel (kernel): float32 [3, 3, 3, 4]\n');
    expect(out).toContain('\nRegularization losses\n  1 function\n');
    expect(out).toContain('  file assets/vocabulary.txt\n');
  });

  test('says what is missing', async () => {
    expect((await run('twins/keras3-export')).out).toContain('The root object has no __call__');
    expect((await run('twins/value-missing')).out).toMatch(/1 of \d+ variables have no stored value/);
    expect((await run('twins/loss-is-variable')).out).toMatch(/number \d+: a variable/);
  });

  test('stays short on a model of any kind', async () => {
    const { out } = await run('keras2-features');
    expect(out.split('\n').length).toBeLessThan(60);
  });

  test('gives all of it as JSON', async () => {
    const { code, out } = await run('odd-captures', { json: true });
    const inspection = JSON.parse(out) as Record<string, readonly { readonly name: string }[]>;
    expect(code).toBe(0);
    expect(inspection.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(inspection.methods?.map(({ name }) => name)).toContain('__call__');
    expect(inspection.operations).toContainEqual(expect.objectContaining({ op: 'MatMul' }));
    expect(inspection.variables?.length).toBeGreaterThan(0);
  });

  test('gives what its page shows', async () => {
    const page = await readFile(new URL('../../docs/inspect.md', import.meta.url), 'utf8');
    const { out } = await run('tiny-classifier');
    const shown = out.replace(/sha256:\w+/, 'sha256:…').replaceAll(/^(?=.)/gm, '    ');
    expect(page).toContain(`\n${shown}\n`);
  });

  test('refuses what is no SavedModel, with a remedy', async () => {
    const { code, out, err } = await run('twins/git-lfs-pointer');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/is a Git LFS pointer.*\n {2}→ .*git lfs pull\n$/);
  });

  test('says of a path that leads nowhere what it must be, and nothing of specs', async () => {
    const { code, err } = await run('nothing');
    expect(code).toBe(2);
    expect(err).toMatch(/nothing does not exist\.\n {2}→ Check the path: /);
    expect(err).not.toMatch(/\bspecs?\b/);
  });

  test('refuses an archive that is not there', async () => {
    const { code, err } = await run('nothing.tar.gz');
    expect(code).toBe(2);
    expect(err).toContain('nothing.tar.gz');
  });
});

async function run(name: string, options: { readonly json?: boolean } = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { stdout: collecting(out), stderr: collecting(err) };
  const code = await inspect(fileURLToPath(new URL(name, models)), options, io);
  return { code, out: out.join(''), err: err.join('') };
}

function collecting(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
}
