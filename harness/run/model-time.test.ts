import { afterEach, expect, test, vi } from 'vitest';
import { LeftOut } from '../check/violation.js';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { EngineError } from '../engine/process/failures.js';
import { ModelTime } from './model-time.js';

afterEach(() => void vi.useRealTimers());

test('each check has its own time, and all together that of the model', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { limits } = fakeContract({ limits: { deadline: '60s', model_deadline: '90s' } });
  const time = new ModelTime(limits);
  vi.advanceTimersByTime(1_000_000);
  const start = performance.now();
  expect(time.deadline()).toBe(start + 60_000);
  vi.advanceTimersByTime(50_000);
  expect(time.deadline()).toBe(start + 90_000);
  vi.advanceTimersByTime(40_000);
  expect(() => time.deadline()).toThrow(LeftOut);
  expect(() => time.deadline()).toThrow(/^The 1\.5 min for all checks of the model are over; raise limits/);
});

test('a model that never answers has no time for further checks', () => {
  const time = new ModelTime(fakeContract().limits);
  const lost = new EngineError('deadline', "No answer before the check's time was up.");
  for (const error of [lost, lost, undefined, lost, lost]) time.ended(error);
  expect(() => time.deadline()).not.toThrow();
  time.ended(lost);
  expect(() => time.deadline()).toThrow('Calls of 3 checks in a row had no answer in time');
});
