import { createHash, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Statement } from '../harness/verdict/statement/statement.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
const at = (name: string) => path.join(folder, name);
const model = inProject('models-under-test/tiny-classifier');
const spec = inProject('specs/tiny-classifier.yaml');
const twin = 'bfloat16-rows';

beforeAll(async () => {
  for (const [name, file] of [
    ['sound', spec],
    ['broken', inProject(`models-under-test/twins/${twin}.yaml`)],
  ] as const) {
    await assay(['check', file, '--seed', '4', '--report', 'json', '--out', at(name)]);
    const { code, err } = await assay(['attest', at(`${name}/run.json`), '--out', at(`${name}.json`)]);
    expect([code, err]).toEqual([0, '']);
  }
}, 600_000);
afterAll(remove);

const read = (name: string): Statement => JSON.parse(readFileSync(at(name), 'utf8'));

describe('assay verify', () => {
  test('of a sound model: rerun with another seed, everything agrees', async () => {
    expect(read('sound.json').predicate.result).toBe('PASSED');
    const { code, out } = await assay([
      'verify',
      at('sound.json'),
      model,
      '--spec',
      spec,
      '--seed',
      '5',
      '--verbose',
    ]);
    expect(out).toContain('All that was rerun agrees');
    expect(out).toContain('seed 5');
    expect(out).toContain('✓ output/shape  passed');
    expect(code).toBe(0);
  }, 300_000);

  test('reruns a part, where one is asked for, and says what was not rerun', async () => {
    const args = ['verify', at('sound.json'), model, '--spec', spec, '--only', 'output/dtype'];
    const { code, out } = await assay(args);
    expect(out).toContain('- output/shape  stated passed, not rerun');
    expect(code).toBe(0);
  }, 300_000);

  test('contradicts a failed test that was called passed, whatever the digests say', async () => {
    const statement = read('broken.json');
    const { failedTests, passedTests } = statement.predicate;
    expect(failedTests.length).toBeGreaterThan(0);
    const embellished = {
      ...statement.predicate,
      result: 'PASSED',
      failedTests: [],
      passedTests: [...passedTests, ...failedTests],
    };
    writeFileSync(at('embellished.json'), JSON.stringify({ ...statement, predicate: embellished }));
    const asked = [
      inProject(`models-under-test/twins/${twin}`),
      '--spec',
      inProject(`models-under-test/twins/${twin}.yaml`),
    ];
    const { code, out } = await assay(['verify', at('embellished.json'), ...asked]);
    expect(out).toContain(`✗ ${failedTests[0]}  stated passed, now failed`);
    expect(code).toBe(1);
    const honest = await assay(['verify', at('broken.json'), ...asked]);
    expect(honest.code).toBe(0);
  }, 300_000);

  test('of a statement on another model: nothing is run', async () => {
    const { code, out } = await assay(['verify', at('broken.json'), model, '--spec', spec]);
    expect(out).toContain('nothing was run');
    expect(code).toBe(1);
  }, 60_000);
});

const python = process.env.ASSAY_SIGNING_PYTHON ?? 'python3';
const script = inProject('test/statement.py');
/** `pip install model_signing in-toto-attestation pyOpenSSL` */
const installed = (await run(python, [script, 'versions'])).code === 0;
if (!installed) console.info(`Not run: ${python} lacks model_signing or in-toto-attestation.`);

async function inPython(...args: readonly string[]) {
  const { code, out, err } = await run(python, [script, ...args]);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

describe.skipIf(!installed)('the libraries of others', () => {
  test('in-toto reads a statement', async () => {
    const { predicate, subject } = read('sound.json');
    expect(await inPython('read', at('sound.json'))).toEqual({
      type: 'https://in-toto.io/attestation/test-result/v0.1',
      subject: subject[0].digest,
      result: 'PASSED',
      passed: predicate.passedTests,
      configuration: predicate.configuration.map(({ name }) => name),
    });
  }, 60_000);

  test('model_signing would sign the same subject', async () => {
    const { digest } = read('sound.json').subject[0];
    expect(await inPython('root', model)).toEqual({ sha256: digest.sha256 });
  }, 60_000);

  test('signed as model_signing signs, in-toto verifies it, and assay reads it', async () => {
    await inPython('keys', at('key.pem'), at('key.pub'));
    await inPython('sign', at('sound.json'), at('key.pem'), at('signed.json'));
    const { payload } = await inPython('verify_by_in_toto', at('signed.json'), at('key.pub'));
    expect(JSON.parse(payload)).toEqual(read('sound.json'));
    await expectRead('signed.json');
  }, 60_000);

  const builder = sigstore();
  test.skipIf(builder === undefined)(
    'signed with @sigstore/sign, model_signing verifies it',
    async () => {
      await inPython('keys', at('key.pem'), at('key.pub'));
      const publicKey = readFileSync(at('key.pub'), 'utf8');
      const hint = createHash('sha256').update(publicKey).digest('hex');
      const signer = {
        sign: async (data: Buffer) => ({
          signature: sign('sha256', data, readFileSync(at('key.pem'), 'utf8')),
          key: { $case: 'publicKey', publicKey, hint },
        }),
      };
      writeFileSync(at('bundle.json'), (await builder?.(readFileSync(at('sound.json')), signer)) ?? '');
      const { payload } = await inPython('verify_by_model_signing', at('bundle.json'), at('key.pub'));
      expect(payload).toBe(readFileSync(at('sound.json'), 'utf8'));
      await expectRead('bundle.json');
    },
    60_000,
  );
});

async function expectRead(bundle: string): Promise<void> {
  const { code, out } = await assay(['verify', at(bundle), model, '--digests-only']);
  expect(out).toContain('1 signature, which assay does not verify');
  expect(code).toBe(0);
}

type Sign = (statement: Buffer, signer: object) => Promise<string>;

/** With `@sigstore/sign` of the folder that `ASSAY_SIGSTORE` names, where it was installed; undefined where there is none. */
function sigstore(): Sign | undefined {
  const asked = process.env.ASSAY_SIGSTORE;
  if (asked === undefined) return undefined;
  const require = createRequire(path.join(path.resolve(asked), 'package.json'));
  const { DSSEBundleBuilder } = require('@sigstore/sign');
  const { bundleToJSON } = require('@sigstore/bundle');
  return async (data, signer) => {
    const bundle = await new DSSEBundleBuilder({ signer, witnesses: [] }).create({
      data,
      type: 'application/vnd.in-toto+json',
    });
    return JSON.stringify(bundleToJSON(bundle));
  };
}
