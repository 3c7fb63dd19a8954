import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { type LintFlags, lint } from './lint.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-lint-'));

const sound = `model: a-model-that-is-not-here
api: image-feature-vector
image_size: { height: 32, width: 32 }
num_features: 8
`;

afterEach(() => vi.unstubAllEnvs());

test('specs are read without their models', async () => {
  expect(await linted({ 'sound.yaml': sound })).toEqual({
    code: 0,
    out: '1 spec: 0 with mistakes; 0 values to confirm\n',
    err: '',
  });
});

test('each mistake is shown in its line', async () => {
  const broken = sound.replace('num_features: 8', 'num_feature: 8');
  const { code, out, err } = await linted({ 'sound.yaml': sound, 'broken.yaml': broken });
  expect([code, out]).toEqual([2, '2 specs: 1 with mistakes; 0 values to confirm\n']);
  expect(err).toContain('broken.yaml:4:1: error:');
});

test('a value to confirm is shown, and a failure where that is asked for', async () => {
  const marked = { 'marked.yaml': sound.replace('8', '8 # confirm: a guess') };
  const out = expect.stringMatching(/marked\.yaml:4: num_features: 8 # confirm: a guess\n1 spec: /);
  expect(await linted(marked)).toEqual({ code: 0, out, err: '' });
  expect(await linted(marked, { strict: true })).toEqual({ code: 1, out, err: '' });
});

test('a waiver must name a check that there is', async () => {
  const waived = `${sound}waivers: [{ check: output/shap, reason: none }]\n`;
  expect((await linted({ 'waived.yaml': waived })).err).toContain('output/shape');
});

test('a name that matches no spec is refused', async () => {
  expect(await linted({})).toMatchObject({ code: 2, err: expect.stringContaining('contains no spec') });
});

test('in CI, no link out of the repository is followed', async () => {
  vi.stubEnv('CI', 'true');
  const repository = mkdtempSync(path.join(folder, 'repository-'));
  mkdirSync(path.join(repository, '.git'));
  writeFileSync(path.join(folder, 'secret'), 'secret: 7\n');
  symlinkSync(path.join(folder, 'secret'), path.join(repository, 'link.yaml'));
  const { code, err } = await lintedIn(path.join(repository, 'link.yaml'));
  expect([code, err]).toEqual([2, expect.stringContaining('a link out of the repository')]);
  expect(err).not.toContain('secret: 7');
});

async function linted(specs: Readonly<Record<string, string>>, flags: LintFlags = {}) {
  const within = mkdtempSync(path.join(folder, 'specs-'));
  for (const [name, spec] of Object.entries(specs)) writeFileSync(path.join(within, name), spec);
  return lintedIn(within, flags);
}

async function lintedIn(place: string, flags: LintFlags = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await lint([place], flags, { stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}
