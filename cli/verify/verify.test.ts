import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Statement } from '../../harness/verdict/statement/statement.js';
import { Attestable } from '../attest/attest.test.support.js';
import { verify } from './verify.js';
import type { VerifyFlags } from './verify-flags.js';

const one = new Attestable();
let sound: Statement;

beforeAll(async () => {
  await one.store({ 'output/dtype': { status: 'skip', reason: 'none' } });
  await one.attest();
  sound = one.read();
});
afterAll(() => one.remove());

/** Compares digests only, unless asked otherwise. */
async function verified(statement: unknown, model = one.model, options: VerifyFlags = { digestsOnly: true }) {
  const file = one.at('given.json');
  writeFileSync(file, typeof statement === 'string' ? statement : JSON.stringify(statement));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await verify(file, model, options, { stdout, stderr });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

const withPredicate = (changed: object) => ({ ...sound, predicate: { ...sound.predicate, ...changed } });
const withAssay = (changed: object) =>
  withPredicate({ model_assay: { ...sound.predicate.model_assay, ...changed } });

const strictly = (lists: object) =>
  withPredicate({ ...lists, passedTests: [], model_assay: { ...sound.predicate.model_assay, strict: true } });

/** Something else of a program that took part. */
function withConfiguration(name: string, uri: string) {
  const configuration = sound.predicate.configuration.map((one) =>
    one.name === name ? { ...one, uri } : one,
  );
  return withPredicate({ configuration });
}

test('of the model that it is on: digests agree, and nothing more is claimed', async () => {
  const { code, out } = await verified(sound);
  expect(code).toBe(0);
  expect(out).toContain('neither the spec nor any result was verified');
  expect(out).toContain('unsigned');
  expect(await verified(sound, one.copy('renamed'))).toMatchObject({ code: 0 });
});

test('the spec is compared, too, where it is named', async () => {
  const spec = one.at('other.yaml');
  const text = readFileSync(one.spec, 'utf8');
  writeFileSync(spec, text);
  const given = { digestsOnly: true, spec };
  expect(await verified(sound, one.model, given)).toMatchObject({ code: 0 });
  writeFileSync(spec, `${text}runs: 9\n`);
  expect(await verified(sound, one.model, given)).toMatchObject({
    code: 1,
    out: expect.stringContaining('other.yaml: sha256'),
  });
  writeFileSync(spec, `${text}no such key: 9\n`);
  expect(await verified(sound, one.model, given)).toMatchObject({ code: 1 });
  expect(await verified(sound, one.model, { digestsOnly: true, spec: one.at('none.yaml') })).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no'),
  });
});

test('so are the files that the spec names', async () => {
  writeFileSync(one.at('labels.txt'), 'dog\ncat\n');
  const { code, out } = await verified(sound, one.model, { digestsOnly: true, spec: one.spec });
  writeFileSync(one.at('labels.txt'), 'cat\ndog\n');
  expect([code, out]).toEqual([1, expect.stringContaining('a file that it names')]);
});

test('so are their digests, each for itself', async () => {
  const [named] = sound.predicate.configuration.slice(4);
  if (named === undefined) throw new Error('The spec names a file.');
  const [zeros, first] = ['0'.repeat(64), sound.predicate.configuration.slice(0, 4)];
  for (const edited of [
    [{ ...named, digest: { sha256: zeros } }],
    [{ ...named, name: 'other.txt' }],
    [named, { name: 'more.txt', digest: { sha256: zeros } }],
    [],
  ]) {
    const statement = withPredicate({ configuration: [...first, ...edited] });
    const { code, out } = await verified(statement, one.model, { digestsOnly: true, spec: one.spec });
    expect([code, out]).toEqual([1, expect.stringContaining('says two things of a file')]);
  }
});

describe('another model', () => {
  test.each<[string, (model: string) => void, RegExp]>([
    [
      'by a byte',
      (model) => writeFileSync(path.join(model, 'saved_model.pb'), 'Graph'),
      /sha256[\s\S]*dirHash/,
    ],
    [
      'by a name',
      (model) => renameSync(path.join(model, 'saved_model.pb'), path.join(model, 'saved_model.pbtxt')),
      /dirHash[\s\S]*only names differ/,
    ],
    [
      'by a file that model-signing ignores',
      (model) => writeFileSync(path.join(model, '.gitignore'), ''),
      /dirHash[\s\S]*files that it ignores/,
    ],
  ])('%s is refused', async (name, change, says) => {
    const model = one.copy(`changed ${name}`);
    change(model);
    expect(await verified(sound, model)).toMatchObject({ code: 1, out: expect.stringMatching(says) });
  });

  test('with a link in it is none that can be compared', async () => {
    const model = one.copy('linked');
    symlinkSync('saved_model.pb', path.join(model, 'link'));
    expect(await verified(sound, model)).toMatchObject({
      code: 2,
      err: expect.stringContaining('symbolic link'),
    });
  });

  test.each([
    [() => one.at('none'), /cannot be read \(ENOENT\)/],
    [() => one.spec, /cannot be read \(ENOTDIR\)/],
    [() => 'https://example.org/m.tar.gz', /is an address/],
  ])('that is not there: %s', async (model, why) => {
    expect(await verified(sound, model())).toMatchObject({ code: 2, err: expect.stringMatching(why) });
  });
});

describe('a statement edited by hand is refused, with the reason', () => {
  const passed = () => sound.predicate.passedTests;
  test.each<[string, () => unknown, string]>([
    [
      'a test moved to another list',
      () => withPredicate({ passedTests: passed().slice(1), failedTests: passed().slice(0, 1) }),
      'result is PASSED, its tests say FAILED',
    ],
    ['a result turned round', () => withPredicate({ result: 'FAILED' }), 'its tests say PASSED'],
    ['a test left out', () => withPredicate({ passedTests: passed().slice(1) }), 'it says nothing of'],
    ['a test in two lists', () => withPredicate({ warnedTests: passed().slice(0, 1) }), 'is stated twice'],
    ['a test twice', () => withPredicate({ passedTests: [...passed(), ...passed()] }), 'is stated twice'],
    [
      'a waiver for a test that passed',
      () => withAssay({ waivers: [{ test: passed()[0], reason: 'r' }] }),
      'has a waiver and is not in warnedTests',
    ],
    ['a choice left unsaid', () => withAssay({ selection: { only: [], skip: ['x'] } }), 'no reservation'],
    [
      'another TensorFlow',
      () => withConfiguration('tensorflow', 'pkg:pypi/tensorflow-cpu@2.1.0'),
      'tensorflow',
    ],
    ['another assay', () => withConfiguration('model-assay', 'pkg:npm/model-assay@9.9.9'), 'model-assay'],
    ['strictness that was not', () => strictly({ warnedTests: passed().slice(0, 1) }), 'it is strict'],
    ['a reservation of no kind', () => withAssay({ reservations: ['fine'] }), 'must be equal to one of'],
    ['another predicate', () => ({ ...sound, predicateType: 'https://slsa.dev/provenance/v1' }), 'slsa.dev'],
    ['another type', () => ({ ...sound, _type: 'https://in-toto.io/Statement/v0.1' }), 'its type is'],
    ['two subjects', () => ({ ...sound, subject: [...sound.subject, ...sound.subject] }), 'more than 1'],
    ['another algorithm', () => ({ ...sound, subject: [{ name: 'm', digest: { md5: 'ab' } }] }), 'subject/0'],
    ['no configuration', () => withPredicate({ configuration: [] }), 'configuration must NOT have fewer'],
    ['no predicate', () => ({ ...sound, predicate: null }), 'predicate must be object'],
    ['a run', () => readFileSync(one.run, 'utf8'), "must have required property '_type'"],
    ['no JSON', () => '{"_type":', 'is not JSON'],
    ['nothing', () => '', 'is not JSON'],
    ['a list', () => [], 'must be object'],
    ['depth', () => `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 'nested more than 100'],
  ])('%s', async (_, edited, why) => {
    const { code, err, out } = await verified(edited());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });

  test('one that says what was open is read as that', async () => {
    const open = { ...withAssay({ reservations: ['unsafe'] }) };
    expect((await verified(open)).err).toContain('its tests say WARNED');
    const said = { ...open, predicate: { ...open.predicate, result: 'WARNED' } };
    expect(await verified(said)).toMatchObject({ code: 0, out: expect.stringContaining('despite: unsafe') });
  });
});

test('a statement that begins with a byte order mark is read', async () => {
  expect(await verified(`\uFEFF${JSON.stringify(sound)}`)).toMatchObject({ code: 0 });
});

describe('an envelope', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const payload = () => base64(JSON.stringify(sound));
  const envelope = (changed = {}) => ({
    payloadType: 'application/vnd.in-toto+json',
    payload: payload(),
    signatures: [{ sig: 'AAAA' }],
    ...changed,
  });

  test.each([
    ['of DSSE', () => envelope()],
    ['in a bundle of Sigstore', () => ({ mediaType: 'x', dsseEnvelope: envelope() })],
  ])('%s is opened, and its signature not believed', async (_, given) => {
    const { code, out } = await verified(given());
    expect(code).toBe(0);
    expect(out).toContain('1 signature, which assay does not verify');
  });

  test.each([
    ['with another payload', () => envelope({ payloadType: 'text/plain' }), 'text/plain'],
    ['with a payload that is no JSON', () => envelope({ payload: '!' }), 'is not JSON'],
    [
      "with a model's signature",
      () => envelope({ payload: base64('{"predicateType":"https://model_signing/signature/v1.0"}') }),
      'model_signing verify',
    ],
  ])('%s is refused', async (_, given, why) => {
    expect(await verified(given())).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });
});

test('a spec of a name from the statement is only looked for below this folder', async () => {
  const configuration = sound.predicate.configuration.map((one, at) =>
    at === 0 ? { ...one, name: '/etc/passwd' } : one,
  );
  const { code, err } = await verified(withPredicate({ configuration }), one.model, {});
  expect([code, err]).toEqual([2, expect.stringContaining('Name the spec with --spec')]);
});
