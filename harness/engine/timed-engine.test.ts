import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TimedEngine } from './timed-engine.js';

// A machine that is busy would let more time pass than is waited for here.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const work = { values: [], fetch: ['x'] };

test('time in which the process waits for a core does not count', async () => {
  const { engine, left, wait } = engineWith(100);
  vi.advanceTimersByTime(110);
  wait(80);
  expect(await left()).toBeGreaterThan(0);
  expect(engine.deadline - performance.now()).toBeLessThan(80);
});

test('the same waiting is not counted twice', async () => {
  const { left, wait } = engineWith(50);
  vi.advanceTimersByTime(60);
  wait(40);
  expect(await left()).toBeGreaterThan(0);
  vi.advanceTimersByTime(50);
  await expect(left()).rejects.toThrow('ran out of time');
});

test('a process that has only ever waited is ended, too', async () => {
  const { left, wait } = engineWith(10);
  vi.advanceTimersByTime(60);
  wait(10_000);
  await expect(left()).rejects.toThrow('ran out of time');
});

test('where nothing waits, the time is up when it is up', async () => {
  const { left } = engineWith(10);
  vi.advanceTimersByTime(20);
  await expect(left()).rejects.toThrow('ran out of time');
});

/** An engine with so much time for its check; `left` has something done and gives the time that was left for it. */
function engineWith(ms: number) {
  let waitedMs = 1000;
  let leftMs = Number.NaN;
  const engine = new TimedEngine({
    generation: 1,
    waited: () => new Map([['thread', waitedMs]]),
    run: async (_work, left) => {
      leftMs = left();
      return { tensors: [], callMs: 0 };
    },
  });
  engine.deadline = performance.now() + ms;
  const left = () => engine.send(work).then(() => leftMs);
  const wait = (more: number) => {
    waitedMs += more;
  };
  return { engine, left, wait };
}
