import { expect, test, vi } from 'vitest';
import { demandNeeds, inspectSources, NeedsMissing } from './needs.js';
import { fakeCommands, platform } from './stubs.test.support.js';

const pip = (index: string) =>
  `case "$*" in *index*) ${index};; *pip*) echo "pip 24.0";; *) echo "Python 3.14.0";; esac`;
const npm = (view: string) => `case "$1" in view) ${view};; *) echo 11.0.0;; esac`;
const compiler = { [platform.compiler]: 'echo "g++ 12.2.0"' };

async function missing(): Promise<readonly string[]> {
  vi.stubEnv('CXX', '');
  const error = await demandNeeds(platform).catch((error: unknown) => error);
  if (error === undefined) return [];
  expect(error).toBeInstanceOf(NeedsMissing);
  const { needs } = error as NeedsMissing;
  for (const { ok, remedy } of needs) expect(ok).toBe(remedy === '');
  return needs.filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`);
}

test('all that is missing is told at once', async () => {
  fakeCommands({ python3: 'echo "Python 3.12.1"; test "$1" = --version' }, 'alone');
  expect(await missing()).toEqual([
    'npm: not found',
    'pip: does not work',
    `${platform.compiler}: not found`,
  ]);
});

test('nothing is missing where programs and sources answer', async () => {
  fakeCommands({ python3: pip('echo 2.21.0'), npm: npm('echo sha512'), ...compiler }, 'alone');
  expect(await missing()).toEqual([]);
  expect(await inspectSources()).toMatchObject([
    { name: 'npm registry', ok: true },
    { name: 'pip index', ok: true },
  ]);
});

// What npm 11 and pip 23 printed.
test.each([
  [
    'npm error code ECONNREFUSED',
    "NewConnectionError('…: Failed to establish a new connection: [Errno 111] Connection refused')",
    'the connection is refused',
  ],
  [
    'npm error code ENOTFOUND',
    'NewConnectionError: [Errno -2] Name or service not known',
    'its name has no address',
  ],
  [
    'npm error code UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    "SSLError(SSLCertVerificationError(1, '…'))",
    'its certificate is not trusted',
  ],
  [
    'npm error network tunneling socket could not be established',
    "ProxyError('Cannot connect to proxy.', NewConnectionError('…: [Errno 111] Connection refused'))",
    'its proxy does not answer',
  ],
])('sources out of reach: %s', async (npmSays, pipSays, why) => {
  const fails = (said: string) => `echo "${said}" >&2; exit 1`;
  fakeCommands({ python3: pip(fails(pipSays)), npm: npm(fails(npmSays)), ...compiler }, 'alone');
  expect(await missing()).toEqual([
    `npm registry: cannot be reached: ${why}`,
    `pip index: cannot be reached: ${why}`,
  ]);
});

test('a source that says another thing is left to the download', async () => {
  const old = 'echo "ERROR: unknown command index" >&2; exit 1';
  fakeCommands(
    { python3: pip(old), npm: npm('echo "npm error code E401" >&2; exit 1'), ...compiler },
    'alone',
  );
  expect(await missing()).toEqual([]);
});

test('python is taken where there is no python3', async () => {
  fakeCommands({ python: pip('echo 2.21.0'), npm: npm('echo sha512'), ...compiler }, 'alone');
  expect(await missing()).toEqual([]);
});
