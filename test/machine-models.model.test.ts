import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import { bench, conforming, disks, inOneLine, works } from './machine.js';

const { at, check, remove } = bench();
const isRoot = process.getuid?.() === 0;
const confined = isRoot && (await works([...disks(), 'true']));

/** An ordinary user, who sees the prepared TensorFlow of this one. */
mkdirSync(at('cache'));
for (const place of ['.', 'tmp', 'out', 'cache']) chmodSync(at(place), 0o777);
const asNobody = [
  ...disks('--cap-add', 'ALL', '--bind', cacheFolder(), at('cache')),
  ...['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'],
];
const nobodyReads = isRoot && (await works([...asNobody, 'test', '-r', at('cache', 'runtimes')]));
afterAll(remove);

describe('a model that may not be read is no broken promise', { timeout: 60_000 }, () => {
  test.runIf(confined)('of another user, for a confined process of root', async () => {
    const model = copy('of-another');
    for (const place of [model, path.join(model, 'variables')]) {
      chownSync(place, 65534, 65534);
      chmodSync(place, 0o700);
    }
    const { code, out, left } = await check({ model });
    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(inOneLine(out)).toMatch(
      /could not decide because The model's process lacks a right\. .*of-another\S* cannot be read: that is not permitted\./,
    );
    expect(inOneLine(out)).toContain('chmod -R a+rX');
  });

  test.runIf(nobodyReads).each(['saved_model.pb', 'variables/variables.index'])(
    'its %s, for an ordinary user',
    async (name) => {
      const model = copy(`without-${path.basename(name)}`);
      chmodSync(path.join(model, name), 0);
      const { code, out } = await check({ model, through: asNobody, env: { ASSAY_CACHE: at('cache') } });
      expect(code).toBe(2);
      expect(inOneLine(out)).toMatch(
        /could not decide because \S+ cannot be read: that is not permitted\. Change its permissions/,
      );
    },
  );
});

describe('a model that changes while it is checked is undecided', { timeout: 60_000 }, () => {
  test.each<readonly [string, (model: string) => void]>([
    ['its values are cut off', (model) => writeFileSync(values(model), '')],
    ['it is removed', (model) => rmSync(model, { recursive: true })],
    ['it is replaced', (model) => cpSync(`${conforming}/../tiny-classifier`, model, { recursive: true })],
  ])('%s', async (what, change) => {
    const model = copy(what);
    const ended = check({ model, options: ['--only', 'output', 'input', 'variables'] });
    await expect.poll(() => lowered().length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    change(model);
    const { code, out, left } = await ended;
    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(inOneLine(out)).toMatch(
      /because The files of the model changed while it was checked\. Check it again/,
    );
    expect(out).not.toContain('✗');
  });
});

describe('a model is found wherever it is', { timeout: 60_000 }, () => {
  test.each<readonly [string, () => string]>([
    [
      'behind two links, on a path through /proc/self',
      () => {
        symlinkSync(conforming, at('first'));
        symlinkSync('first', at('second'));
        return '/proc/self/cwd/second';
      },
    ],
    [
      'in a folder behind a link',
      () => {
        symlinkSync(path.dirname(conforming), at('linked'));
        return at('linked', path.basename(conforming));
      },
    ],
    ['on a path of 3000 odd characters', () => copy(`${'[x]* ☃\n'.repeat(20)}/`.repeat(15))],
  ])('%s', async (_, place) => {
    const limits =
      'fine_tuning: { trainable_variables: 6, training_argument: true, regularization_losses: 2 }';
    const options = ['--only', 'output/finite', 'variables'];
    expect(await check({ model: place(), limits, options })).toMatchObject({ code: 0, left: [] });
  });
});

function copy(name: string): string {
  const model = at(name, 'model');
  mkdirSync(path.dirname(model), { recursive: true });
  cpSync(conforming, model, { recursive: true });
  return model;
}

function values(model: string): string {
  return path.join(model, 'variables', 'variables.data-00000-of-00001');
}

/** Lowered models, which are written once the model was read. */
function lowered(): string[] {
  return readdirSync(at('tmp'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('saved_model.pb'),
  );
}
