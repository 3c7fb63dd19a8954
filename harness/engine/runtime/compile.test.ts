import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { compileObjects, linkAddon } from './compile.js';
import { fakeCommands, platform, recordedWork, temporaryFolder } from './stubs.test.support.js';

const compiling = (sources = temporaryFolder()) =>
  compileObjects(sources, '/include', platform, recordedWork());

test('all files are compiled against the headers and linked with the libraries', async () => {
  const commands = fakeCommands({ [platform.compiler]: 'echo "$@" >> "$(dirname "$0")/calls"' });
  vi.stubEnv('CXX', '');
  const objects = await compiling('/sources');
  expect(objects).toEqual(
    ['tfjs_backend', 'tfjs_binding', 'session_options'].map((unit) => `/sources/${unit}.o`),
  );
  const linking = { objects, libraries: ['/lib/a.so.2'], rpath: '/with, comma', output: '/out.node' };
  await linkAddon(linking, platform, recordedWork());
  const calls = readFileSync(join(commands, 'calls'), 'utf8').trim().split('\n');
  expect(calls).toHaveLength(4);
  const backend = calls.find((call) => call.includes('tfjs_backend.cc'));
  expect(backend).toContain('-DTF_NewSessionOptions=assay_session_options');
  expect(calls[0]).toMatch(/-DNAPI_VERSION=8 .*-I \/include -I \/sources /);
  expect(calls[3]).toMatch(/\.o \/lib\/a\.so\.2 -Xlinker -rpath -Xlinker \/with, comma -o \/out\.node$/);
});

test('no compiler is reported with the command that installs one', async () => {
  vi.stubEnv('CXX', '');
  fakeCommands({}, 'alone');
  await expect(compiling()).rejects.toMatchObject({
    message: `The addon needs a C++ compiler, but ${platform.compiler} was not found.`,
    remedy: platform.installCompiler,
  });
});

test('the first error of the compiler is passed on', async () => {
  const sources = temporaryFolder();
  mkdirSync(join(sources, 'binding'));
  for (const unit of ['backend', 'binding']) {
    writeFileSync(join(sources, 'binding', `tfjs_${unit}.cc`), '#include "tensorflow/c/c_api.h"\n');
  }
  await expect(compiling(sources)).rejects.toThrow(/could not build the addon: .*c_api\.h.*/);
});
