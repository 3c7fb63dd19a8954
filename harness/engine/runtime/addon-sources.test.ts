import { expect, test } from 'vitest';
import { addonSources } from './addon-sources.js';
import { fakeCommands, recordedWork, temporaryFolder } from './stubs.test.support.js';

const fetching = () => addonSources(temporaryFolder(), recordedWork());

test('another package than the pinned one is refused', async () => {
  fakeCommands({ npm: 'echo something else > package.tgz' });
  await expect(fetching()).rejects.toThrow(/@tensorflow\/tfjs-node 4\.22\.0 is not the one that .* sha512-/);
});

test('what npm complains of is passed on', async () => {
  fakeCommands({ npm: 'echo "npm error code E404" >&2; exit 1' });
  await expect(fetching()).rejects.toThrow(
    'npm could not fetch @tensorflow/tfjs-node@4.22.0: npm error code E404',
  );
});

test('no npm is reported', async () => {
  fakeCommands({}, 'alone');
  await expect(fetching()).rejects.toThrow('npm was not found');
});
