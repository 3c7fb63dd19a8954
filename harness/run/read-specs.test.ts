import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readSpecs } from './read-specs.js';

const here = mkdtempSync(path.join(tmpdir(), 'assay-read-specs-'));
const at = (name: string) => path.join(here, name);
const spec = 'model: model\napi: image-feature-vector\nimage_size: 8\nnum_features: 4\n';

beforeAll(() => {
  for (const folder of ['repository/.git', 'repository/specs/model', 'outside/model'])
    mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('repository/specs/own.yaml'), spec);
  writeFileSync(at('repository/.git/config'), 'hunter2');
  writeFileSync(at('outside/secret.yaml'), 'password: hunter2');
  symlinkSync('own.yaml', at('repository/specs/alias.yaml'));
  symlinkSync('../../outside/secret.yaml', at('repository/specs/link.yaml'));
  symlinkSync('../../outside', at('repository/specs/folder'));
  writeFileSync(
    at('repository/specs/git.yaml'),
    `${spec.replace('feature-vector', 'classification').replace('features', 'classes')}classes: ../.git/config\n`,
  );
});
afterAll(() => rmSync(here, { recursive: true }));

async function problemsOf(name: string, confine: boolean): Promise<string> {
  const [read] = await readSpecs([at(`repository/specs/${name}`)], { confine });
  return read?.parsed.kind === 'problems' ? read.parsed.problems.map(({ message }) => message).join() : '';
}

test.each(['link.yaml', 'folder/secret.yaml'])(
  'a spec that is a link out of its repository: %s',
  async (name) => {
    expect(await problemsOf(name, true)).toMatch(/^This spec is a link out of the repository/);
    expect(await problemsOf(name, false)).toMatch(/password/);
  },
);

test.each(['own.yaml', 'alias.yaml'])('a spec in its repository: %s', async (name) => {
  expect(await problemsOf(name, true)).toBe('');
});

test('a cache in the repository of the spec', async () => {
  vi.stubEnv('ASSAY_CACHE', at('repository/cache/of/assay'));
  expect(await problemsOf('own.yaml', true)).toMatch(/^The cache .* lies in the repository of this spec/);
  expect(await problemsOf('own.yaml', false)).toBe('');
  vi.stubEnv('ASSAY_CACHE', at('outside/cache'));
  expect(await problemsOf('own.yaml', true)).toBe('');
  vi.unstubAllEnvs();
});

test('the digest is of what was parsed, and of the files that it names', async () => {
  const file = at('outside/own.yaml');
  const digestOf = async (text: string) => {
    writeFileSync(file, text);
    return (await readSpecs([file], { confine: false }))[0]?.digest;
  };
  const before = await digestOf(spec);
  expect(before).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await digestOf(`${spec}# changed\n`)).not.toBe(before);
  expect(await digestOf(spec)).toBe(before);
});

test('what git keeps of a repository is not quoted', async () => {
  expect(await problemsOf('git.yaml', true)).toMatch(/is outside of the repository/);
});
