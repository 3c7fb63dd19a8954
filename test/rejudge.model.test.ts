import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { CheckResult, Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
const id = 'batching/rows-independent';
/** Couples its rows by about 1e-6; sound, but group norms of flat images round by about 4e-4. */
const models = { coupled: 'models-under-test/twins/mean-by-a-millionth', sound: 'specs/group-norm' };
const file = path.join(folder, 'run', 'run.json');

beforeAll(async () => {
  await ensureRuntime();
  const specs = Object.values(models).map((name) => inProject(`${name}.yaml`));
  const { code } = await checked(specs, 'run');
  expect(code).toBe(1);
}, 600_000);

afterAll(remove);

const checked = (specs: readonly string[], out: string) =>
  assay(['check', ...specs, '--only', 'batching', '--seed', '3', '--report', 'json', '--out', out], {
    cwd: folder,
  });

const judged = (...args: string[]) => assay(['report', file, ...args], { cwd: folder });

/** Of the sound model, and of the one whose rows are coupled. */
function statuses(from: string): string {
  return [models.sound, models.coupled].map((name) => resultOf(from, name)?.status).join(', ');
}

function resultOf(from: string, name: string): CheckResult | undefined {
  const run = JSON.parse(readFileSync(from, 'utf8')) as Run;
  const model = run.models.find((one) => one.name === path.basename(name));
  return model?.checks.find((check) => check.id === id);
}

describe('a run that was made, judged again without TensorFlow', () => {
  test('keeps both rows, as they differ', () => {
    expect(statuses(file)).toBe('pass, fail');
    const { finding } = resultOf(file, models.coupled) ?? {};
    expect(finding?.units?.length).toBeGreaterThan(1);
    for (const { one, other } of finding?.units ?? []) expect(one).not.toBe(other);
    for (const kept of finding?.outputs ?? [''])
      expect(readFileSync(path.join(folder, 'run', kept)).toString('latin1')).toContain("'descr': '<f4'");
  });

  test('fails under a tighter tolerance, and so does what passed by a looser one', async () => {
    const before = readFileSync(file);
    const { code, out } = await judged('--tolerance', '1e-7', '--report', 'terminal,json', '--out', 'tight');
    expect(code).toBe(1);
    expect(out).toContain('This run was judged again with --tolerance 1e-7');
    const replayed = await assay(['replay', 'tight/run.json'], { cwd: folder });
    expect(replayed).toMatchObject({ code: 2, err: expect.stringContaining('came from: ../run/run.json') });
    expect(out).toMatch(/exactly|± 1e-7 \(by --tolerance\)/);
    expect(statuses(path.join(folder, 'tight', 'run.json'))).toBe('fail, fail');
    expect(readFileSync(file)).toEqual(before);
  });

  test('could not be decided where the failure lies within, and is told what finds out', async () => {
    const { code, out } = await judged('--tolerance', '1e-2', '--report', 'terminal,json', '--out', 'loose');
    expect(code).toBe(2);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('no other was tried. To find out: `assay check');
    expect(statuses(path.join(folder, 'loose', 'run.json'))).toBe('pass, error');
  });

  test('says what `assay check` says with that tolerance in the spec', async () => {
    const specs = Object.values(models).map((name) => withTolerance(name, 1e-4));
    expect((await checked(specs, 'made')).code).toBe(1);
    expect(statuses(path.join(folder, 'made', 'run.json'))).toBe('fail, pass');
    expect((await judged('--tolerance', '1e-4', '--report', 'json', '--out', 'again')).code).toBe(1);
    expect(statuses(path.join(folder, 'again', 'run.json'))).toBe('fail, error');
  }, 600_000);

  test('conforms with a waiver of what fails, and is never written over itself', async () => {
    const waiver = ['--waive', `mean-by-a-millionth:${id}=tracked in #3`];
    expect(await judged(...waiver)).toMatchObject({
      code: 0,
      out: expect.stringContaining('waived: tracked in #3'),
    });
    const over = await judged(...waiver, '--report', 'json');
    expect(over).toMatchObject({ code: 2, err: expect.stringContaining('--out') });
    expect(statuses(file)).toBe('pass, fail');
  });

  test('is refused with outputs of another run', async () => {
    const [one = ''] = resultOf(file, models.coupled)?.finding?.outputs ?? [];
    const kept = path.join(folder, 'run', one);
    const bytes = readFileSync(kept);
    writeFileSync(kept, Buffer.concat([bytes.subarray(0, 128), Buffer.alloc(bytes.length - 128, 1)]));
    const refused = await judged('--tolerance', '1e-7');
    writeFileSync(kept, bytes);
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining('are not those of this run: the rows differ by'),
    });
  });
});

/** A copy of a spec elsewhere, of the same model. */
function withTolerance(name: string, absolute: number): string {
  const text = readFileSync(inProject(`${name}.yaml`), 'utf8').replace(
    /^model: (.*)$/m,
    (_, model: string) => `model: ${path.resolve(path.dirname(inProject(name)), model)}`,
  );
  const spec = path.join(folder, `${path.basename(name)}.yaml`);
  writeFileSync(spec, `${text}tolerance: { absolute: ${absolute} }\n`);
  return spec;
}
