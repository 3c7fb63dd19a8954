import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { longestWaitMs, waitedBy } from './waiting.js';

test.runIf(existsSync('/proc/self/schedstat') && existsSync('/usr/bin/taskset'))(
  'of two processes on one core, each waits while the other one runs; one that sleeps waits for nothing',
  async () => {
    const busy = ['-c', '0', process.execPath, '-e', 'for (;;);'];
    const rivals = [spawn('taskset', busy), spawn('taskset', busy), spawn('sleep', ['60'])];
    try {
      await delay(500);
      const before = rivals.map(({ pid }) => waitedBy(pid));
      await delay(1000);
      const waits = rivals.map(({ pid }, at) => longestWaitMs(before[at] ?? new Map(), waitedBy(pid)));
      expect(Math.min(waits[0] ?? 0, waits[1] ?? 0)).toBeGreaterThan(100);
      expect(waits[2]).toBeLessThan(100);
    } finally {
      for (const rival of rivals) rival.kill('SIGKILL');
    }
  },
  20_000,
);

test('the longest wait counts, from when it began for a thread that is new; what has ended counts no more', () => {
  const before = new Map([
    ['a', 100],
    ['gone', 5000],
  ]);
  const after = new Map([
    ['a', 130],
    ['new', 40],
  ]);
  expect(longestWaitMs(before, after)).toBe(40);
  expect(longestWaitMs(before, new Map())).toBe(0);
});

test('a process that is not there waits for nothing', () => {
  expect(waitedBy(undefined).size).toBe(0);
});
