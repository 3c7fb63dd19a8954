import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, test } from 'vitest';
import { defaultTensorflow } from '../harness/engine/runtime/pins.js';
import { answerOfOutputs, type VersionsRun } from '../harness/verdict/versions.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder, type How } from './run-command.js';

const { folder, remove } = emptyFolder();
afterAll(remove);

const ajv = new Ajv({ strictTypes: false });
addFormats.default(ajv, ['date-time']);
ajv.addSchema(schemaOf('comparison'));
const isVersions = ajv.compile(schemaOf('versions'));

function schemaOf(name: string): object {
  return JSON.parse(readFileSync(inProject('specs', `${name}.schema.json`), 'utf8'));
}

async function checkOn(
  versions: string,
  specs: readonly string[],
  more: readonly string[] = [],
  how: How = {},
) {
  const out = path.join(folder, versions.replaceAll(',', '_'));
  const files = specs.map((name) => inProject('specs', `${name}.yaml`));
  const args = ['check', ...files, '--tensorflow', versions, '--seed', '5', '--out', out, ...more];
  const { code, err } = await assay(args, how);
  const file = path.join(out, 'versions.json');
  const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VersionsRun) : undefined;
  if (found) expect(isVersions(found), ajv.errorsText(isVersions.errors)).toBe(true);
  return { code, err, found, out };
}

describe('one model on several versions of TensorFlow', () => {
  test('the version that wrote it is found, and named', async () => {
    const { code, found } = await checkOn('written-with', ['tiny-classifier'], ['--only', 'output/shape']);
    expect(code).toBe(0);
    expect(found).toMatchObject({
      versions: [{ version: defaultTensorflow, run: `tensorflow-${defaultTensorflow}/run.json` }],
      models: [{ writtenWith: defaultTensorflow, headline: `conforms on ${defaultTensorflow}` }],
    });
  }, 300_000);

  test('a version that cannot be prepared leaves it undecided, and the others are shown', async () => {
    const unequipped = { env: { CXX: 'no-such-compiler' } };
    const versions = `2.3.0,${defaultTensorflow}`;
    const { code, found } = await checkOn(
      versions,
      ['tiny-classifier'],
      ['--only', 'output/shape'],
      unequipped,
    );
    expect(code).toBe(2);
    expect(found).toMatchObject({
      verdict: 'unknown',
      versions: [
        { version: '2.3.0', unavailable: expect.stringMatching(/cannot be prepared\. ./) },
        { version: defaultTensorflow },
      ],
      models: [{ headline: `conforms on ${defaultTensorflow}, not known on 2.3.0` }],
    });
  }, 300_000);

  test('a list with a gap is refused with a sentence', async () => {
    const { code, err, found } = await checkOn('2.12.0,', ['tiny-classifier']);
    expect({ code, found }).toEqual({ code: 2, found: undefined });
    expect(err).toMatch(/names no version in place 2 of 2\.\n {2}→ Give versions/);
  });
});

/** Each takes a download of 250 MB where it is not in the cache yet: `2.12.0,2.15.1,2.21.0`. */
const prepared = process.env.ASSAY_TEST_TENSORFLOWS ?? '';

describe.runIf(prepared !== '')('on the versions in ASSAY_TEST_TENSORFLOWS, 2.12.0 and later ones', () => {
  test('two models conform from the second version on, and a third on all', async () => {
    const specs = ['general-convolution', 'short-indices', 'tiny-classifier'];
    const { code, found, out } = await checkOn(prepared, specs);
    const [oldest, second] = found?.versions.map(({ version }) => version) ?? [];
    expect(oldest).toBe('2.12.0');
    expect(code).toBe(1);
    const newer = `conforms from ${second} on, not on 2.12.0`;
    const [convolution, indices, classifier] = found?.models ?? [];
    expect([convolution?.headline, indices?.headline]).toEqual([newer, newer]);
    expect(convolution?.results[0]?.because).toMatchObject({
      check: 'signature/loads',
      says: expect.stringContaining('this TensorFlow has no operation Conv'),
    });
    expect(indices?.results[0]?.because?.says).toContain('incompatible with expected int16');
    expect(classifier?.headline).toMatch(/^conforms on 2\.12\.0(, [\d.]+)* and [\d.]+$/);
    expect(classifier?.outputs.map(answerOfOutputs)).toEqual(found?.versions.slice(1).map(() => 'same'));
    for (const { version, run = '' } of found?.versions ?? []) {
      const stored = JSON.parse(readFileSync(path.join(out, run), 'utf8'));
      expect(stored).toMatchObject({ seed: 5, environment: { tensorflow: version } });
    }
    const again = await assay(['replay', path.join(out, 'tensorflow-2.12.0', 'run.json')]);
    expect(again).toMatchObject({ code: 1, out: expect.stringContaining('2 still failing') });
  }, 600_000);

  test.each([
    [[], 0],
    [['--strict'], 1],
  ] as const)(
    'where every version conforms and computes something else, that is a warning: %j',
    async (flags, expected) => {
      const model = inProject('models-under-test/replacements/overflows-bytes');
      const more = ['--model', model, '--only', 'output/shape', ...flags];
      const { code, found } = await checkOn(prepared, ['tiny-classifier'], more);
      expect(code).toBe(expected);
      const [first, ...others] = found?.models[0]?.outputs ?? [];
      expect(first).toMatchObject({ from: '2.12.0', function: { witness: { batch: { count: 1 } } } });
      expect([first, ...others].map((one) => one && answerOfOutputs(one))).toEqual([
        'other',
        ...others.map(() => 'same'),
      ]);
      expect(found?.models[0]?.results.map(({ verdict }) => verdict)).not.toContain('does-not-conform');
    },
    600_000,
  );
});
