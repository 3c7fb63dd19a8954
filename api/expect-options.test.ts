import { expect, test } from 'vitest';
import { type CheckOptions, check } from './index.js';

test.each<[object, string]>([
  [{ strikt: true }, 'check() has no option strikt. Did you mean strict?'],
  [{ confinement: 'requird' }, 'confinement of check() must be'],
  [{ only: 'output' }, 'only of check() must be a list of strings'],
  [{ processes: 0 }, 'processes of check() must be a whole number'],
  [{ seed: Number.NaN }, 'seed of check() must be a whole number'],
  [{ signal: {} }, 'signal of check() must be an AbortSignal'],
])('an option that would silently mean its default is refused: %j', async (options, why) => {
  await expect(check('none.yaml', options as CheckOptions)).rejects.toMatchObject({
    inFull: expect.stringContaining(why),
  });
});

test('what are no options or specs at all is refused, too', async () => {
  const refused = (why: string) => ({ inFull: expect.stringContaining(why) });
  await expect(check('none.yaml', null as unknown as CheckOptions)).rejects.toMatchObject(
    refused('an object'),
  );
  await expect(check(7 as unknown as string)).rejects.toMatchObject(refused('specs of check()'));
});

test('options that are there are taken, and then specs looked for', async () => {
  const options = { strict: true, seed: 7, only: ['output'], processes: 1, onProgress: () => undefined };
  await expect(check('none.yaml', { ...options, cwd: '/', tensorflow: '2.15.1' })).rejects.toThrow(
    'none.yaml',
  );
});
