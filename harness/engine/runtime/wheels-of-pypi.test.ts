import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pinnedPython } from './pins.js';
import { platformOf } from './platform.js';
import { candidates } from './wheel-download.js';
import { glibcTags, macosTags } from './wheel-tags.js';

const listing = fileURLToPath(
  new URL('../../../../harness/engine/runtime/wheels-of-pypi.txt', import.meta.url),
);
const wheels = readFileSync(listing, 'utf8')
  .split('\n')
  .flatMap((line) => /^(\w+)-([\d.]+)-cp311-cp311-(.+)\.whl$/.exec(line) ?? [])
  .reduce<string[][]>((rows, part, at) => {
    if (at % 4 === 0) rows.push([]);
    rows.at(-1)?.push(part);
    return rows;
  }, [])
  .map(([, name = '', version = '', tags = '']) => ({ name, version, tags: tags.split('.') }));
const releases = [...new Set(wheels.map(({ version }) => version))];

/** As pip takes them: `manylinux` to the letter, `macosx` also for any older system. */
function fits(tag: string, asked: string): boolean {
  const [, system, arch] = /^macosx_(\d+)_\d+_(\w+)$/.exec(tag) ?? [];
  const [, here, hereArch] = /^macosx_(\d+)_\d+_(\w+)$/.exec(asked) ?? [];
  if (system === undefined || here === undefined) return tag === asked;
  return arch === hereArch && Number(system) <= Number(here);
}

/** Releases of which one of the wheels that are asked for is there. */
function found(platformName: string, asked: readonly string[]): string[] {
  return releases.filter((version) =>
    candidates(version, platformOf(platformName))
      .filter(({ python }) => python === pinnedPython)
      .some((wanted) =>
        wheels.some(
          (wheel) =>
            wheel.version === version &&
            wheel.name === wanted.package.replaceAll('-', '_') &&
            wheel.tags.some((tag) => asked.some((one) => fits(tag, one))),
        ),
      ),
  );
}

test('the listing was read', () => {
  expect(wheels.length).toBeGreaterThan(100);
  expect(releases).toContain('2.21.0');
});

test.each([
  ['linux-x64', glibcTags('x86_64', '2.28'), releases],
  ['linux-arm64', glibcTags('aarch64', '2.36'), releases],
  ['linux-x64', glibcTags('x86_64', '2.17'), releases.filter((version) => version !== '2.21.0')],
  ['darwin-arm64', macosTags('arm64', '21.6.0'), releases.filter((version) => version !== '2.12.1')],
  ['darwin-arm64', macosTags('arm64', '25.1.0'), releases.filter((version) => version !== '2.12.1')],
  ['darwin-x64', macosTags('x86_64', '20.6.0'), releases.filter((version) => /^2\.1[2-6]\./.test(version))],
])('%s, asking for %j', (platform, asked, expected) => {
  expect(found(platform, asked).sort()).toEqual([...expected].sort());
});

test('macOS 26 has the kernel 25', () => {
  expect(macosTags('arm64', '24.6.0')).toEqual(['macosx_15_0_arm64']);
  expect(macosTags('arm64', '25.0.0')).toEqual(['macosx_26_0_arm64']);
});
