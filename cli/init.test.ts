import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSpec } from '../harness/contract/parsing/parse.js';
import { type InitOptions, init } from './init.js';

const models = fileURLToPath(new URL('../../models-under-test/', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('what models reveal', () => {
  test('a classifier with dropout', async () => {
    const text = await specOf('tiny-classifier');
    expect(text).toContain(
      'api: image-classification                    # confirm: guessed, because the model is called',
    );
    expect(text).toContain(
      'num_classes: 5                               # the model returns float32 [?, 5]\n',
    );
    expect(text).toContain('  trainable_variables: 8\n  training_argument: true\n');
    expect(text).toContain('  training_effects: [batch-norm, dropout]    # confirm');
    expect(text).toContain('  dropout_rate: { type: float, default: 0.2, affects: training } # confirm');
    expect(text).not.toContain('endpoint');
  });

  test('a feature vector whose momentum is an argument', async () => {
    const text = await specOf('tiny-features');
    expect(text).toContain('api: image-feature-vector');
    expect(text).toContain('num_features: 8 ');
    expect(text).toContain('  batch_norm_momentum: { type: float, default: 0.99, affects: state }');
  });

  test('keyword-only arguments', async () => {
    expect(await specOf('keyword-only')).toContain(
      '  output_scale: { type: float, default: 1.0, affects: training }',
    );
  });

  test("Keras' own argument, the mask, is no hyperparameter", async () => {
    const text = await specOf('keras2-features');
    expect(text).not.toContain('mask');
    expect(text).not.toContain('hyperparameters:');
  });

  test('a model that only promises inference', async () => {
    expect(await specOf('inference-only')).not.toContain('fine_tuning');
  });

  test('of several sizes that it was traced for, the first, to be confirmed', async () => {
    const text = await specOf('other-size-broken');
    expect(text).toContain('confirm: the model takes float32 [?, 32, 32, 3], and [?, 64, 64, 3]');
    expect(text).toContain('  height: 32\n  width: 32\n');
  });

  test('training is promised only where it was traced', async () => {
    expect(await specOf('log-odds')).toContain('  training_argument: false\n');
  });

  test('a default of None is a template', async () => {
    expect(await specOf('momentum-after-dropout')).toContain(
      '  # batch_norm_momentum: { type: float, default: 0.0 } # its default is None',
    );
  });

  test('a signature, and of its outputs the logits', async () => {
    const text = await specOf('signature-endpoint');
    expect(text).toContain(
      'endpoint: { signature: serving_default, output: logits } # confirm: the contract demands __call__',
    );
    expect(text).toContain('num_classes: 2 ');
  });

  test.each([
    ['twins/height-fixed', /height: \d+\n/],
    ['twins/channels-first', /image_size: +# confirm: .*the contract wants channels last/],
    ['twins/bytes-as-images', /color_range: \[0, 255\] +# confirm: the model divides the pixels by 255/],
    ['keras2-features', /color_range: \[0, 1\] +# confirm: the model doubles the pixels/],
    ['tiny-features', /color_range: \[0, 1\] +# confirm: .*nothing in the files supports it/],
    ['jax-inner-dropout', /^# yaml-language-server: \$schema=https:.*spec\.schema\.json\n/],
    ['keras3-reusable', /training_effects: \[batch-norm\]/],
    ['keras3-attention', /training_effects: \[dropout\]/],
    ['twins/dict-with-one-entry', /endpoint: __call__ +# confirm: it returns more than this one tensor/],
    ['twins/training-required', /training_argument: true/],
  ])('%s: %s', async (name, line) => {
    expect(await specOf(name)).toMatch(line);
  });
});

describe('the file', () => {
  test('lies beside the model, names it and is not overwritten unasked', async () => {
    await cp(join(models, 'tiny-features'), join(folder, 'a model'), { recursive: true });
    const out = join(folder, 'a model.yaml');
    const first = await run(join(folder, 'a model'), {});
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^Wrote .*a model\.yaml; 7 values to confirm, each marked\. Then: assay check /,
    );
    expect(await readSpec(out, { checkFiles: true })).toMatchObject({ kind: 'contract' });
    await writeFile(out, 'mine');
    const second = await run(join(folder, 'a model'), {});
    expect(second.code).toBe(2);
    expect(second.stderr).toBe(
      `${out} exists already.\n  → Overwrite it with --force, or choose another file with --out.\n`,
    );
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect(await run(join(folder, 'a model'), { force: true })).toMatchObject({ code: 0 });
    expect(await readSpec(out)).toMatchObject({ kind: 'contract' });
  });

  test('no spec is written into a model', async () => {
    const model = join(folder, 'model');
    await cp(join(models, 'tiny-features'), model, { recursive: true });
    const out = join(model, 'saved_model.pb');
    const before = await readFile(out);
    const { code, stderr } = await run(model, { out, force: true });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('is inside a model') });
    expect(await readFile(out)).toEqual(before);
  });

  test('names the model from where it lies', async () => {
    const out = join(folder, 'spec.yaml');
    await run(join(models, 'tiny-features'), { out });
    const parsed = await readSpec(out);
    expect(parsed).toMatchObject({
      contract: { model: { kind: 'folder', path: join(models, 'tiny-features') } },
    });
  });

  test('cannot be written where there is no folder', async () => {
    const out = join(folder, 'gone', 'spec.yaml');
    const { code, stderr } = await run(join(models, 'tiny-features'), { out });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /spec\.yaml cannot be written: there is no such folder\.\n {2}→ Choose another file with --out\.\n$/,
    );
  });

  test('of an archive', async () => {
    const archive = join(folder, 'tiny.tar.gz');
    await create({ file: archive, cwd: models, gzip: true }, ['tiny-features']);
    process.env.ASSAY_CACHE = join(folder, 'cache');
    expect(await run(archive, {})).toMatchObject({ code: 0 });
    delete process.env.ASSAY_CACHE;
    expect(await readFile(join(folder, 'tiny.yaml'), 'utf8')).toContain('model: tiny.tar.gz\n');
  });
});

test.each([
  ['/not/there', /\/not\/there/],
  ['/not/there.tar.gz', /The archive \/not\/there\.tar\.gz does not exist/],
  ['https://example.org/m.tar.gz', /is an address, not a path/],
  [join(models, 'twins/tf1-hub-module'), /TF1|TensorFlow 1/],
  [join(models, 'twins/encoded-images'), /nothing in .* accepts images; \w+ takes string .*\n {2}→ Decoding/],
])('%s is refused with a sentence', async (model, message) => {
  const { code, stdout, stderr } = await run(model, { out: join(folder, 'x.yaml') });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/\n {2}→ .+\n$/);
});

async function specOf(name: string): Promise<string> {
  const { stdout } = await run(join(models, name), { out: '-' });
  return stdout;
}

async function run(
  model: string,
  options: InitOptions,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const code = await init(model, options, { stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
