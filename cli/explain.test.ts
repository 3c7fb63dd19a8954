import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checks } from '../suites/all.js';
import { type ExplainedCheck, explain } from './explain.js';
import type { Io } from './io.js';
import { type Listed, list } from './list.js';

type Screen = { readonly isTTY?: boolean; readonly columns?: number };

/** What a command writes on a screen, or into a pipe. */
async function printed(command: (io: Io) => Promise<number>, screen: Screen = {}) {
  const [stdout, stderr] = [Object.assign(new PassThrough(), screen), new PassThrough()];
  const code = await command({ stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = [await text(stdout), await text(stderr)];
  return { code, out, err, widest: Math.max(...out.split('\n').map((line) => line.length)) };
}

const escapeCode = '\u001B[';

beforeEach(() => {
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NO_COLOR', undefined);
});

afterEach(() => vi.unstubAllEnvs());

describe('assay list', () => {
  test('has a line for each check, and one between suites', async () => {
    const { code, out } = await printed((io) => list({}, io));
    const ids = out.split('\n').flatMap((line) => /^\S+/.exec(line) ?? []);
    expect(code).toBe(0);
    expect(ids).toEqual(checks.map(({ id }) => id).sort());
    expect(out).toMatch(
      /\n\noutput\/depends-on-image +SHOULD +Different images SHOULD give different rows\.\n/,
    );
    expect(out).not.toContain(escapeCode);
  });

  test('fits the window, in colour', async () => {
    const { out } = await printed((io) => list({}, io), { isTTY: true, columns: 90 });
    expect(out).toContain(escapeCode);
    vi.stubEnv('NO_COLOR', '1');
    expect((await printed((io) => list({}, io), { isTTY: true, columns: 90 })).widest).toBeLessThanOrEqual(
      90,
    );
  });

  test('as JSON', async () => {
    const { out } = await printed((io) => list({ json: true }, io));
    const listed = JSON.parse(out) as Listed[];
    expect(listed).toHaveLength(checks.length);
    expect(listed).toContainEqual({
      id: 'output/dtype',
      suite: 'output',
      level: 'must',
      demands: 'The output MUST be float32, in the signature and in the tensor.',
    });
  });
});

describe('assay explain', () => {
  test('explains what a check demands, why, how, how to fix it, and what shows it', async () => {
    const { code, out, widest } = await printed((io) => explain('output/dtype', {}, io), { columns: 72 });
    expect(code).toBe(0);
    expect(out).toMatch(/^output\/dtype {2}MUST\nThe output MUST be float32/);
    expect(out.match(/^\w.*$/gm)?.slice(2)).toEqual([
      'Why it matters',
      'How it is decided',
      'How many calls',
      'How to fix the model',
      'Broken models that show it',
    ]);
    expect(out).toContain('  float64-rows\n    The output is float64.\n');
    expect(widest).toBeLessThanOrEqual(72);
  });

  test('says what a pass does not show', async () => {
    const { code, out } = await printed((io) => explain('limits', {}, io));
    expect(code).toBe(0);
    expect(out).toMatch(/^# What a pass does not show/);
  });

  test('explains each check of a suite', async () => {
    const { out } = await printed((io) => explain('hyperparameters', { json: true }, io));
    const ids = (JSON.parse(out) as ExplainedCheck[]).map(({ id }) => id);
    expect(ids).toEqual(
      ['accepted', 'default', 'documented', 'has-effect'].map((one) => `hyperparameters/${one}`),
    );
  });

  test('2, and a name that is close, for a check that there is not', async () => {
    const { code, out, err } = await printed((io) => explain('output/dtyp', {}, io));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Did you mean output/dtype?');
  });
});
