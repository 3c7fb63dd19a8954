import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { breakCommands } from './workflow-commands.js';

const github = { GITHUB_ACTIONS: 'true' };

function written(texts: readonly (string | Buffer)[], env: NodeJS.ProcessEnv = github): string {
  const stream = new PassThrough();
  breakCommands(stream, env);
  for (const text of texts) stream.write(text);
  return String(stream.read());
}

test.each([
  '::error::forged',
  'first\n  ::set-output name=a::b',
  'first\r::stop-commands::x',
  '\u00a0::debug::x',
  '\u0085 ::debug::x',
  'a model ##[error]forged',
])('a command in a log is broken: %j', (text) => {
  for (const out of [written([text]), written([Buffer.from(text)])]) {
    expect(out).not.toMatch(/(^|[\n\r])[\s\u0085]*::/);
    expect(out).not.toContain('##[');
    expect(out.replaceAll('\u200b', '')).toBe(text);
  }
});

test('other text is left alone, and so is all of it elsewhere', () => {
  expect(written(['a::b\n: :c\n## [d]'])).toBe('a::b\n: :c\n## [d]');
  expect(written(['::error::x'], {})).toBe('::error::x');
});

test('our own commands are written as they are', () => {
  const stream = new PassThrough();
  const command = breakCommands(stream, github);
  command('::error::ours\n');
  expect(String(stream.read())).toBe('::error::ours\n');
});
