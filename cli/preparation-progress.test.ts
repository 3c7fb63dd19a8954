import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { progressDisplay } from './preparation-progress.js';

function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120 });
  const written: string[] = [];
  stream.on('data', (chunk) => written.push(String(chunk)));
  return { stream, text: () => written.join('') };
}

const steps = [
  { step: 'download', label: 'Downloading', done: 0, total: 4e6 },
  { step: 'download', label: 'Downloading', done: 4e6, total: 4e6 },
  { step: 'compile', label: 'Compiling' },
] as const;

test('in a file or in CI, each step is a line', () => {
  const { stream, text } = terminal(false);
  const display = progressDisplay(stream);
  steps.forEach(display.show);
  display.end();
  expect(text()).toBe('Downloading\nCompiling\n');
});

test('on a terminal, what can be counted is a bar', () => {
  vi.stubEnv('CI', '');
  const { stream, text } = terminal(true);
  const display = progressDisplay(stream);
  steps.forEach(display.show);
  display.end();
  vi.unstubAllEnvs();
  expect(text()).toMatch(/Downloading {2}\S+ 0% {2}0 of 4 MB/);
  expect(text()).toMatch(/Compiling\n$/);
});
