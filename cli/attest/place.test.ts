import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { Attestable } from './attest.test.support.js';

const one = new Attestable();
test('nor is what a link leads to lost, or what is no file', async () => {
  await one.store();
  symlinkSync(one.spec, one.at('link.json'));
  for (const out of [one.at('link.json'), '/dev/null'])
    expect(await one.attest({ out })).toMatchObject({
      code: 2,
      err: expect.stringContaining('is there already'),
    });
  expect(lstatSync(one.at('link.json')).isSymbolicLink()).toBe(true);
});

afterAll(() => one.remove());

test('a file that is no statement is not written over; an earlier statement, and an empty file, are', async () => {
  await one.store();
  for (const out of [one.spec, one.run]) {
    const before = readFileSync(out, 'utf8');
    const { code, err } = await one.attest({ out });
    expect([code, err]).toEqual([2, expect.stringContaining('is there already')]);
    expect(readFileSync(out, 'utf8')).toBe(before);
  }
  writeFileSync(one.at('empty.json'), '');
  for (const out of [one.at('empty.json'), one.at('empty.json')])
    expect((await one.attest({ out })).code).toBe(0);
});
