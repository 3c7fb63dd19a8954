import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { downloadWheel, findPip, NoSuchWheel } from './pip.js';
import { fakeCommands, platform, recordedWork, temporaryFolder } from './stubs.test.support.js';

const wanted = { package: 'tensorflow-cpu', version: '2.15.1', python: '3.11' };

const fetching = (folder = temporaryFolder()) =>
  downloadWheel('python3', wanted, platform, folder, recordedWork());

test('a Python with pip is found', async () => {
  fakeCommands({ python3: 'exit 1', python: 'echo "pip 24.0"' }, 'alone');
  expect(await findPip(platform)).toBe('python');
});

test('no Python and a Python without pip are distinguished', async () => {
  fakeCommands({}, 'alone');
  await expect(findPip(platform)).rejects.toThrow('Python was not found');
  fakeCommands({ python3: 'exit 1' }, 'alone');
  await expect(findPip(platform)).rejects.toThrow('Python has no pip');
});

test('pip is asked for a wheel by its tags, whatever Python it runs in', async () => {
  const folder = temporaryFolder();
  const commands = fakeCommands({ python3: 'echo "$@" > "$(dirname "$0")/args"; : > "$7/x.whl"' });
  expect(basename(await fetching(folder))).toBe('x.whl');
  const args = readFileSync(join(commands, 'args'), 'utf8').trim();
  expect(args).toContain(`-m pip download --progress-bar off --dest ${join(folder, 'wheels')} --no-deps`);
  expect(args).toContain('--implementation cp --python-version 3.11 --abi cp311 --platform');
  expect(args).toMatch(/ tensorflow-cpu==2\.15\.1$/);
});

test('pip writes its scratch files where they can be counted', async () => {
  const folder = temporaryFolder();
  fakeCommands({ python3: ': > "$TMPDIR/part"; : > "$7/x.whl"' });
  await fetching(folder);
  expect(readFileSync(join(folder, 'scratch', 'part'), 'utf8')).toBe('');
});

test('a wheel that does not exist is a NoSuchWheel with the versions that do', async () => {
  const versions = '2.15.0, 2.16.0rc0, 2.16.1';
  fakeCommands({
    python3: `echo "ERROR: Could not find a version that satisfies it (from versions: ${versions})" >&2
      echo "ERROR: No matching distribution found for it" >&2; exit 1`,
  });
  const failing = fetching();
  await expect(failing).rejects.toBeInstanceOf(NoSuchWheel);
  await expect(failing).rejects.toThrow(/the index has 2\.15\.0, 2\.16\.1\.$/);
});

test.each([
  ['[Errno 28] No space left on device', /disk filled up/],
  [
    "WARNING: Retrying (Retry(total=0)) after 'NewConnectionError: Connection refused': /simple/",
    /could not reach its index.*refused/,
  ],
  ['ERROR: something of its own', /could not fetch tensorflow-cpu 2\.15\.1: ERROR: something of its own/],
])('pip says %s', async (said, message) => {
  fakeCommands({ python3: `cat >&2 <<'EOF'\n${said}\nEOF\nexit 1` });
  await expect(fetching()).rejects.toThrow(message);
});

test('an aborted download ends pip', async () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  fakeCommands({ python3: 'exec sleep 60' });
  const controller = new AbortController();
  const failing = downloadWheel('python3', wanted, platform, folder, recordedWork(controller.signal));
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(failing).rejects.toThrow('enough');
});
