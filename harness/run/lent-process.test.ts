import { afterEach, expect, test } from 'vitest';
import { leavingSignals, lendProcess } from './lent-process.js';

const { exitCode } = process;

afterEach(() => {
  process.exitCode = exitCode;
});

test('the exit code and the environment are what they were', async () => {
  process.exitCode = 7;
  const lent = lendProcess(async () => {
    process.exitCode = 1;
    process.env.LENT_TO_A_TEST = 'yes';
    throw new Error('ended');
  });
  await expect(lent).rejects.toThrow('ended');
  expect(process.exitCode).toBe(7);
  expect(process.env.LENT_TO_A_TEST).toBeUndefined();
});

test('only the listeners that came meanwhile are taken off', async () => {
  const ours = () => undefined;
  process.on('SIGTERM', ours);
  try {
    await leavingSignals(async () => process.on('SIGTERM', () => process.exit(1)));
    expect(process.listeners('SIGTERM').at(-1)).toBe(ours);
  } finally {
    process.off('SIGTERM', ours);
  }
});
