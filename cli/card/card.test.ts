import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import { digestOfSpecFiles, specFilesOf } from '../../harness/run/spec-digest.js';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import { variedRun } from '../../reports/fixtures/varied-run.js';
import { json } from '../../reports/json.js';
import { contractIn } from '../contract-in.js';
import { type CardFlags, card } from './card.js';
import { contractText } from './contract-text.js';

const specAt = (name: string) => fileURLToPath(new URL(`../../../specs/${name}.yaml`, import.meta.url));
const spec = specAt('tiny-classifier');
const marks = '<!-- assay card -->\n<!-- assay card: end -->';
let folder: string;
const at = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'card-'));
  writeFileSync(at('page.md'), `# Mine\n\n${marks}\n\nMore.\n`);
  await writeRun({});
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A run of the spec as it is. */
async function writeRun(also: Partial<ModelRun>, run: Partial<Run> = {}) {
  const specDigest = await digestIn(spec);
  const models = variedRun().models.map((model) => ({ ...model, specDigest, ...also }));
  writeFileSync(at('run.json'), json({ ...variedRun(), ...run, models }));
}

async function digestIn(file: string): Promise<string> {
  return digestOfSpecFiles(await specFilesOf(await contractIn(file)));
}

async function said(options: CardFlags, of = spec) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await card(of, options, { stdout, stderr });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

const page = () => readFileSync(at('page.md'), 'utf8');

describe('a card', () => {
  test('is printed, or written between the marks of a page, once', async () => {
    const { out } = await said({});
    expect(out).toContain('| Height | 16 to 64 pixels in steps of 8 |');
    expect(out).toContain('hub.KerasLayer(path, trainable=True, arguments=dict(dropout_rate=0.2))');
    expect(await said({ page: at('page.md') })).toMatchObject({ code: 0 });
    expect(page()).toBe(`# Mine\n\n${out.trim()}\n\nMore.\n`);
    await said({ page: at('page.md') });
    expect(page()).toBe(`# Mine\n\n${out.trim()}\n\nMore.\n`);
  });

  test('is compared with its spec', async () => {
    const compared = () => said({ page: at('page.md'), check: true });
    expect(await compared()).toMatchObject({ code: 1, err: expect.stringContaining('does not say what') });
    await said({ page: at('page.md'), run: at('run.json') });
    expect(await compared()).toMatchObject({ code: 0 });
    writeFileSync(at('page.md'), page().replace('16 to 64', '16 to 512'));
    expect(await compared()).toMatchObject({ code: 1 });
  });

  test('tells what a run left out', async () => {
    await writeRun({}, { selection: { only: ['output/*'], skip: [] }, interrupted: true });
    await said({ page: at('page.md'), run: at('run.json') });
    expect(page()).toMatch(/- conforms \(only \d+ chosen checks\) \(interrupted\): \d+ passed/);
  });

  test('says whether what was verified was compared', async () => {
    await said({ page: at('page.md'), run: at('run.json') });
    const compared = (run: CardFlags) => said({ page: at('page.md'), check: true, ...run });
    expect((await compared({})).out).toContain('was not compared');
    expect((await compared({ run: at('run.json') })).out).not.toContain('was not compared');
    writeFileSync(at('page.md'), page().replace('- conforms', '- conforms fully'));
    expect(await compared({ run: at('run.json') })).toMatchObject({ code: 1 });
  });

  test('is compared with a page that is named', async () => {
    expect(await said({ check: true })).toMatchObject({ code: 2, err: expect.stringContaining('--page') });
  });

  test('changes nothing else: no bytes, no link, no permissions', async () => {
    writeFileSync(at('latin.md'), Buffer.concat([Buffer.from([0x66, 0xfc]), Buffer.from(`\n${marks}\n`)]));
    expect(await said({ page: at('latin.md') })).toMatchObject({
      code: 2,
      err: expect.stringContaining('UTF-8'),
    });
    chmodSync(at('page.md'), 0o600);
    symlinkSync('page.md', at('link.md'));
    expect(await said({ page: at('link.md') })).toMatchObject({ code: 0 });
    expect(lstatSync(at('link.md')).isSymbolicLink()).toBe(true);
    expect(statSync(at('page.md')).mode & 0o777).toBe(0o600);
    expect(page()).toContain('| Height |');
  });

  test('keeps the line ends of the page', async () => {
    writeFileSync(at('page.md'), page().replaceAll('\n', '\r\n'));
    await said({ page: at('page.md'), run: at('run.json') });
    expect(page()).not.toMatch(/[^\r]\n/);
    expect(await said({ page: at('page.md'), run: at('run.json'), check: true })).toMatchObject({ code: 0 });
  });

  test('says what a run verified, and keeps that until the contract changes', async () => {
    await said({ page: at('page.md'), run: at('run.json') });
    expect(page()).toMatch(/- conforms: \d+ passed/);
    expect(page()).toContain('- files: sha256:');
    const before = page();
    await said({ page: at('page.md') });
    expect(page()).toBe(before);
    await said({ page: at('page.md') }, specAt('tiny-features'));
    expect(page()).not.toContain('conforms');
  });

  test.each<[string, string, CardFlags, RegExp]>([
    ['no marks', '# Mine', {}, /does not have one place for a card/],
    ['marks twice', `${marks}\n${marks}`, {}, /does not have one place for a card/],
    ['marks turned round', marks.split('\n').reverse().join('\n'), {}, /does not have one place/],
    ['another run', marks, { run: 'run.json' }, /has no model named tiny-features/],
  ])('is refused for %s', async (_, text, options, why) => {
    writeFileSync(at('page.md'), text);
    const run = options.run === undefined ? {} : { run: at(options.run) };
    const other = specAt('tiny-features');
    const { code, err } = await said({ page: at('page.md'), ...run }, other);
    expect([code, err]).toEqual([2, expect.stringMatching(why)]);
    expect(page()).toBe(text);
  });
});

test.each<[string, Partial<ModelRun>, RegExp]>([
  ['of another text of the spec', { specDigest: 'sha256:1' }, /is not of .* as it is now/],
  ['that does not tell of which text it is', { specDigest: '' }, /is not of .* as it is now/],
  ['that read no files', { digest: '' }, /read no files of tiny-classifier/],
  ['of two models of this name', { name: 'tiny-classifier' }, /several models named tiny-classifier/],
])('no card is made of a run %s', async (_, also, why) => {
  await writeRun(also);
  const { code, err } = await said({ page: at('page.md'), run: at('run.json') });
  expect([code, err]).toEqual([2, expect.stringMatching(why)]);
});

test('a card says what is promised of each kind of model', () => {
  const text = contractText(
    fakeContract({
      image_size: 224,
      color_range: [-1, 1],
      endpoint: { signature: 'serving`_default', output: 'logits' },
    }),
  );
  expect(text).toContain('| Height | 224 pixels |');
  expect(text).toContain('values in \\[-1, 1\\]');
  expect(text).toContain('not promised: inference only');
  expect(text).toContain('model.signatures["serving_default"](images)["logits"]');
  expect(text).not.toContain('KerasLayer');
});
