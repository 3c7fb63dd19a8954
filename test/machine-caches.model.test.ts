import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { bench, disks, inOneLine, works } from './machine.js';

const { at, check, remove } = bench();
const { folder: prepared } = await ensureRuntime();
const name = path.basename(prepared);
const inCache = (...parts: readonly string[]) => at('cache', 'runtimes', ...parts);
/** A machine that can prepare nothing: it has neither a compiler nor Python, nor any network. */
const env = { ASSAY_CACHE: at('cache'), PATH: at('none'), TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:9/' };
afterAll(remove);

/** A cache with the prepared TensorFlow in it, whose files are links. */
beforeEach(() => {
  rmSync(at('cache'), { recursive: true, force: true });
  mkdirSync(inCache(name), { recursive: true });
  for (const file of readdirSync(prepared)) symlinkSync(path.join(prepared, file), inCache(name, file));
});

describe('a runtime that is there in part is not used', { timeout: 60_000 }, () => {
  test.each<readonly [string, () => void]>([
    ['its record is cut off', () => rewrite('runtime.json', (text) => text.slice(0, 100))],
    [
      'its record lists no files',
      () => rewrite('runtime.json', () => '{"format":1,"addon":"x","files":[null]}'),
    ],
    ['a library is cut off', () => rewrite('libtensorflow_framework.so.2', () => 'x')],
    ['its addon is missing', () => rmSync(inCache(name, 'tfjs_binding.node'))],
    [
      'it was moved aside, and no new one moved into its place',
      () => renameSync(inCache(name), inCache(`${name}.part-old`)),
    ],
  ])('%s', async (_, harm) => {
    harm();
    const { code, out, err, left } = await check({ env });
    expect({ code, out, left }).toEqual({ code: 2, out: '', left: [] });
    expect(err).toMatch(/^TensorFlow \S+ cannot be prepared\.\n(?: {2}.*\n)+$/);
    // What was moved aside stays until a runtime is prepared in its place.
    const others = readdirSync(at('cache', 'runtimes')).filter((file) => file !== name);
    expect(others.filter((file) => file !== `${name}.part-old`)).toEqual([]);
  });
});

describe('what others left in the cache does no harm', { timeout: 60_000 }, () => {
  test('a lock and a draft of a process that was killed', async () => {
    mkdirSync(inCache(`${name}.lock`));
    mkdirSync(inCache(`${name}.part-12345678`));
    expect(await check({ env })).toMatchObject({ code: 0, left: [] });
  });
});

test.skipIf(!(await works([...disks(), 'true'])))(
  'a cache that is read-only, and has no addon of ours yet, does no harm',
  { timeout: 60_000 },
  async () => {
    const through = disks('--ro-bind', at('cache'), at('cache'));
    expect(await check({ env, through })).toMatchObject({ code: 0, left: [] });
  },
);

test('an addon of ours that is cut off is compiled again', { timeout: 60_000 }, async () => {
  const machine = { env: { ASSAY_CACHE: at('cache') }, options: ['--only', 'signature/loads'] };
  expect(await check(machine)).toMatchObject({ code: 0, left: [] });
  for (const file of addons()) writeFileSync(at('cache', 'graph-addon', file), 'x');
  expect(await check(machine)).toMatchObject({ code: 0, left: [] });
  expect(addons().map((file) => statSync(at('cache', 'graph-addon', file)).size > 1000)).toEqual([true]);
});

test('a runtime that is removed during a run leaves the model undecided', { timeout: 60_000 }, async () => {
  const ended = check({ env });
  await expect.poll(() => readdirSync(at('tmp')), { timeout: 30_000, interval: 2 }).not.toEqual([]);
  rmSync(at('cache'), { recursive: true });
  const { code, out, left } = await ended;
  expect({ code, left }).toEqual({ code: 2, left: [] });
  expect(inOneLine(out)).toMatch(
    /(it is gone\. Run it again|TensorFlow itself could not be loaded: .* Run assay doctor)/,
  );
});

function addons(): string[] {
  return readdirSync(at('cache', 'graph-addon'));
}

function rewrite(file: string, change: (text: string) => string): void {
  const whole = file.endsWith('.json') ? readFileSync(inCache(name, file), 'utf8') : '';
  rmSync(inCache(name, file));
  writeFileSync(inCache(name, file), change(whole));
}
