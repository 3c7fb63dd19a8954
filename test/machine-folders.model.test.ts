import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import { inProject } from '../proof/project.js';
import { bench, disks, inOneLine, type Machine, works } from './machine.js';

const { at, check, remove } = bench();
const ofDisks = await works([...disks(), 'true']);
afterAll(remove);

writeFileSync(at('file'), '');
mkdirSync(at('removed'));
mkdirSync(at('odd\n [x]* ☃'));
symlinkSync(cacheFolder(), at('cache-link'));
symlinkSync(at('tmp'), at('tmp-link'));

type Row = readonly [what: string, machine: Machine, says: RegExp];

describe('nothing could be decided, and a sentence says why:', { timeout: 60_000 }, () => {
  test.each<Row>([
    [
      'TMPDIR leads to nothing',
      { env: { TMPDIR: at('none') } },
      /^No temporary folder .*no such folder\.\n {2}→ Set TMPDIR/,
    ],
    [
      'TMPDIR is a file',
      { env: { TMPDIR: at('file') } },
      /^No temporary folder .*a file is in the way\.\n {2}→ Set TMPDIR/,
    ],
    [
      'the cache is a file',
      { env: { ASSAY_CACHE: at('file') } },
      /The cache folder .*cannot be written: .*\n.*→ Set ASSAY_CACHE/,
    ],
    [
      'the home is a file, and there is no cache',
      { env: { HOME: at('file'), ASSAY_CACHE: '', XDG_CACHE_HOME: '' } },
      /The cache folder .*cannot be written: .*\n.*→ Set ASSAY_CACHE/,
    ],
    [
      'the current folder was removed',
      { through: ['sh', '-c', 'cd "$0" && rmdir "$0" && exec "$@"', at('removed')] },
      /^assay: .*\nThe current folder was removed\. Go to one that is there\.\n$/,
    ],
  ])('%s', async (_, machine, says) => {
    const { code, out, err, left } = await check(machine);
    expect({ code, out, left }).toEqual({ code: 2, out: '', left: [] });
    expect(err).toMatch(says);
    expect(err).not.toMatch(/^ +at /m);
  });

  test.runIf(ofDisks).each<Row>([
    [
      'TMPDIR is read-only',
      { through: disks('--ro-bind', at('tmp'), at('tmp')) },
      /^No temporary folder .*read-only/,
    ],
    [
      'there is no /tmp to write to',
      {
        // What is needed may lie in /tmp itself.
        through: disks(
          ...['--tmpfs', '/tmp'],
          ...[at(), inProject(), cacheFolder()].flatMap((place) => ['--bind', place, place]),
          ...['--remount-ro', '/tmp'],
        ),
        env: { TMPDIR: '' },
      },
      /^No temporary folder can be made in \/tmp: .*read-only/,
    ],
    [
      'the folder for reports is read-only',
      { through: disks('--ro-bind', at('out'), at('out')) },
      /out.* cannot be written: the file system is read-only\.\n.*--out/,
    ],
  ])('%s', async (_, machine, says) => {
    const { code, out, err, left } = await check(machine);
    expect({ code, out, left }).toEqual({ code: 2, out: '', left: [] });
    expect(err).toMatch(says);
  });

  test.runIf(ofDisks)('the disk of temporary files is full', async () => {
    const { code, out, left } = await check({ through: disks('--size', '4096', '--tmpfs', at('tmp')) });
    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(out).toMatch(/could not decide/);
    expect(inOneLine(out)).toContain(
      'the disk is full. Free some space, or set TMPDIR to a folder on another disk.',
    );
  });
});

describe('what does no harm:', { timeout: 60_000 }, () => {
  test.each<readonly [string, Machine]>([
    [
      'no HOME, a cache behind a link and a TMPDIR of odd characters',
      {
        through: ['env', '-u', 'HOME'],
        env: { ASSAY_CACHE: at('cache-link'), TMPDIR: at('odd\n [x]* ☃') },
      },
    ],
    [
      'a HOME that is not there and a TMPDIR behind a link',
      { env: { ASSAY_CACHE: cacheFolder(), HOME: at('none'), TMPDIR: at('tmp-link') } },
    ],
    ['a relative TMPDIR', { env: { TMPDIR: 'tmp' } }],
  ])('%s', async (_, machine) => {
    const { code, err, left } = await check(machine);
    expect({ code, left, err }).toMatchObject({ code: 0, left: [] });
  });

  test.runIf(ofDisks)('a cache, a home and a model that are read-only', async () => {
    const through = ['/', '/dev', at()].flatMap((place, index) => [
      index === 0 ? '--ro-bind' : '--dev-bind',
      place,
      place,
    ]);
    expect(await check({ through: ['bwrap', ...through, '--'] })).toMatchObject({ code: 0, left: [] });
  });
});
