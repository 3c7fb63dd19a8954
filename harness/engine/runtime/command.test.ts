import { expect, test } from 'vitest';
import { lastWords, run } from './command.js';

test('a command that ends gives its code and what it said', async () => {
  const outcome = await run('sh', ['-c', 'echo out; echo err >&2; exit 3']);
  expect(outcome).toEqual({ status: 'finished', code: 3, out: 'out\n', err: 'err\n' });
});

test('a command that is not there is missing', async () => {
  expect(await run('no-such-command-at-all', [])).toEqual({ status: 'missing' });
});

test('a command that ends with the code of one that is missing is not missing', async () => {
  expect(await run('sh', ['-c', 'exit 127'])).toMatchObject({ status: 'finished', code: 127 });
});

test('a command past its timeout is killed', async () => {
  expect(await run('sleep', ['60'], { timeoutMs: 50 })).toMatchObject({ status: 'killed', by: 'SIGKILL' });
});

test('an aborted command throws what it was aborted with', async () => {
  const controller = new AbortController();
  const running = run('sleep', ['60'], { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  await expect(run('sleep', ['60'], { signal: controller.signal })).rejects.toThrow('enough');
});

test('the last words are those on standard error, when there are any', () => {
  expect(lastWords({ out: 'a\nb\nc\n', err: ' ' }, 2)).toBe('b\nc');
  expect(lastWords({ out: 'a', err: 'b\n' })).toBe('b');
});
