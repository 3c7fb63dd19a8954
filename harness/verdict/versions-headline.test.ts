import { expect, test } from 'vitest';
import type { Verdict } from './run.js';
import { versionsHeadline } from './versions-headline.js';

const verdicts: Readonly<Record<string, Verdict>> = {
  '+': 'conforms',
  '-': 'does-not-conform',
  '?': 'unknown',
};
const versions = ['2.12.0', '2.13.0', '2.15.1', '2.21.0'];

test.each([
  ['+', 'conforms on 2.12.0'],
  ['-', 'does not conform on 2.12.0'],
  ['?', 'could not be decided on 2.12.0'],
  ['++', 'conforms on 2.12.0 and 2.13.0'],
  ['+++', 'conforms on 2.12.0, 2.13.0 and 2.15.1'],
  ['---', 'does not conform on 2.12.0, 2.13.0 and 2.15.1'],
  ['-+++', 'conforms from 2.13.0 on, not on 2.12.0'],
  ['---+', 'conforms from 2.21.0 on, not on 2.12.0, 2.13.0 and 2.15.1'],
  ['+++-', 'conforms up to 2.15.1, not on 2.21.0'],
  ['+---', 'conforms up to 2.12.0, not on 2.13.0, 2.15.1 and 2.21.0'],
  ['+-+', 'conforms on 2.12.0 and 2.15.1, not on 2.13.0'],
  ['-+-', 'conforms on 2.13.0, not on 2.12.0 and 2.15.1'],
  ['?+++', 'conforms on 2.13.0, 2.15.1 and 2.21.0, not known on 2.12.0'],
  ['-?++', 'conforms on 2.15.1 and 2.21.0, not on 2.12.0, not known on 2.13.0'],
  ['?-++', 'conforms from 2.15.1 on, not on 2.13.0, not known on 2.12.0'],
  ['-+?', 'conforms on 2.13.0, not on 2.12.0, not known on 2.15.1'],
  ['++-?', 'conforms up to 2.13.0, not on 2.15.1, not known on 2.21.0'],
  ['-?', 'does not conform on 2.12.0, not known on 2.13.0'],
])('%s: %s', (signs, expected) => {
  const results = [...signs].map((sign, at) => ({
    version: versions[at] ?? '',
    verdict: verdicts[sign] ?? 'unknown',
  }));
  expect(versionsHeadline(results)).toBe(expected);
});

test('a version that wrote a model and is not known', () => {
  const results = [
    { version: '2.21.0', verdict: 'conforms' },
    { version: 'written-with', verdict: 'unknown' },
  ] as const;
  expect(versionsHeadline(results)).toBe('conforms on 2.21.0, not known on the version that wrote it');
});
