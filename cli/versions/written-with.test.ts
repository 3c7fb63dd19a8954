import { expect, test } from 'vitest';
import { writerIn } from './written-with.js';

test.each([
  ['2.15.1', { recorded: '2.15.1', version: '2.15.1' }],
  ['2.22.0-rc0', { recorded: '2.22.0-rc0', version: '2.22.0rc0' }],
])('%s is a version of the index', (recorded, writer) => {
  expect(writerIn(recorded)).toEqual(writer);
});

test.each([
  ['', /does not record/],
  ['2.22.0-dev20251101', /2\.22\.0-dev20251101, which is no published release/],
  ['2.15.1 --index-url=http://evil', /no published release/],
  ['1.15.0.0', /no published release/],
])('"%s" is none', (recorded, unknown) => {
  expect(writerIn(recorded)).toMatchObject({ unknown: expect.stringMatching(unknown) });
});
