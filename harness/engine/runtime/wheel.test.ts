import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { wheelSha256 } from './pins.js';
import { platformOf } from './platform.js';
import { fakeCommands, platform, recordedWork, temporaryFolder } from './stubs.test.support.js';
import { fetchWheel } from './wheel-download.js';
import { unpackHeaders, unpackLibraries } from './wheel-unpack.js';

const libraries = Object.fromEntries(platform.wheelLibraries.map((name) => [`tensorflow/${name}`, name]));

/** A wheel with these files in it. */
function wheelOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const wheel = join(temporaryFolder(), 'some.whl');
  execFileSync('python3', ['-m', 'zipfile', '-c', wheel, join(folder, 'tensorflow')]);
  return wheel;
}

const delivers = (name: string) =>
  fakeCommands({ python3: `case "$7" in */wheels) echo wheel > "$7/${name}";; esac` });

const fetching = (version: string) =>
  fetchWheel('python3', version, platform, temporaryFolder(), recordedWork());

test('a pinned wheel with another sha256 is refused', async () => {
  const [name = ''] = Object.keys(wheelSha256);
  delivers(name);
  await expect(fetching('2.21.0')).rejects.toThrow(
    /is not the published file: its sha256 is [0-9a-f]{64}, not/,
  );
});

test('a wheel that is not pinned was checked by pip only', async () => {
  delivers('tensorflow_cpu-2.16.1-cp311.whl');
  const sha256 = createHash('sha256').update('wheel\n').digest('hex');
  expect(await fetching('2.16.1')).toMatchObject({ sha256, checkedBy: 'pip' });
});

test('the next Python is tried when there is no wheel for one', async () => {
  fakeCommands({
    python3: `case "$*" in
      *--abi\\ cp312*) : > "$7/x.whl";;
      *) echo "No matching distribution found" >&2; exit 1;;
    esac`,
  });
  expect(await fetching('2.30.0')).toMatchObject({ checkedBy: 'pip' });
});

test('a wheel that only names another package is not taken for TensorFlow', async () => {
  fakeCommands({
    python3: `case "$*" in
      *cpu-aws==*) echo wheel > "$7/tensorflow_cpu_aws-2.15.1-cp311-cp311-manylinux2014_aarch64.whl";;
      *) echo stub > "$7/tensorflow-2.15.1-cp311-cp311-manylinux2014_aarch64.whl";;
    esac`,
  });
  const arm = platformOf('linux-arm64');
  const { wheel } = await fetchWheel('python3', '2.15.1', arm, temporaryFolder(), recordedWork());
  expect(wheel).toMatch(/tensorflow_cpu_aws-2\.15\.1-/);
});

// What unzip lists of the wheels of 2.21.0 (Linux on arm64, macOS on arm64) and of 2.16.2 (macOS on x64).
test.each([
  ['linux-arm64', ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']],
  ['darwin-arm64', ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib']],
  ['darwin-x64', ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib']],
])('the libraries of wheels for %s are known', (name, libraries) => {
  expect(platformOf(name).wheelLibraries).toEqual(libraries);
});

test('what pip cannot reach is not asked for again', async () => {
  const commands = fakeCommands({
    python3: 'echo x >> "$(dirname "$0")/calls"; echo "Retrying: Connection refused" >&2; exit 1',
  });
  await expect(fetching('2.15.1')).rejects.toThrow(/could not reach/);
  expect(readFileSync(join(commands, 'calls'), 'utf8')).toBe('x\n');
});

test('libraries go to the folder and headers below it; the rest stays in the wheel', async () => {
  const header = 'tensorflow/include/tensorflow/c/c_api.h';
  const wheel = wheelOf({ ...libraries, [header]: 'header', 'tensorflow/python/big.py': 'python' });
  const folder = temporaryFolder();
  const work = recordedWork();
  await unpackLibraries(wheel, folder, platform, work);
  expect(readdirSync(folder).sort()).toEqual([...platform.wheelLibraries].sort());
  expect(work.progressed.at(-1)).toMatchObject({ step: 'unpack', done: work.progressed.at(-1)?.total });
  const include = await unpackHeaders(wheel, folder, recordedWork());
  expect(readFileSync(join(include, 'tensorflow/c/c_api.h'), 'utf8')).toBe('header');
});

test('a wheel without the libraries is reported from which version on there are any', async () => {
  const wheel = wheelOf({ 'tensorflow/python/big.py': 'python' });
  const failing = unpackLibraries(wheel, temporaryFolder(), platform, recordedWork());
  await expect(failing).rejects.toThrow(/has no .*; wheels have them since TensorFlow 2\.12/);
});

test('a damaged wheel is reported as such', async () => {
  const wheel = wheelOf(libraries);
  truncateSync(wheel, 40);
  const failing = unpackLibraries(wheel, temporaryFolder(), platform, recordedWork());
  await expect(failing).rejects.toMatchObject({
    name: 'SourceUnavailable',
    message: expect.stringContaining('is damaged'),
  });
});
