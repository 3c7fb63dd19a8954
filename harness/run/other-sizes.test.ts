import { describe, expect, test } from 'vitest';
import type { Property } from '../check/check.js';
import { Violation } from '../check/violation.js';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { CallFailed, EngineError } from '../engine/process/failures.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import type { Batch } from '../verdict/batch.js';
import { tryProperty } from './property.js';
import { fakeAnswers } from './testing/fake-answers.js';
import { property } from './testing/fake-checks.js';

const contract = fakeContract();
const wide = { where: 'width', expected: 'narrow', actual: 'wide' };

/** What comes of a property, and every batch that it was tried with. */
async function tried(holds: (batch: Batch) => Promise<void>) {
  const batches: Batch[] = [];
  const hurried: number[] = [];
  const check = property('a/property', {
    holds: async (_, batch) => {
      batches.push(batch);
      await holds(batch);
      return undefined;
    },
  } satisfies Partial<Property>);
  const randomUntil = performance.now() + 10_000;
  const subject = fakeSubject({ contract });
  const outcome = await tryProperty(check, subject, contract, {
    seed: 1,
    randomUntil,
    answers: fakeAnswers(),
    hurry: (withinMs) => hurried.push(withinMs),
  });
  return { outcome, batches, hurried };
}

describe('after a failure', () => {
  const tooWide = async ({ width }: Batch) => {
    if (width > 10) throw new Violation(wide);
  };

  test('its images are tried at other sizes, and the pattern is said', async () => {
    const { outcome, batches, hurried } = await tried(tooWide);
    expect(hurried).toEqual([2000]);
    expect(outcome).toMatchObject({
      status: 'fail',
      finding: { batch: { width: 11 } },
      evidence: { sizePattern: expect.stringMatching(/^only sizes with a width of 11 or more fail: /) },
    });
    const { finding } = outcome as { finding: { batch: Batch } };
    const { height: _h, width: _w, ...images } = finding.batch;
    expect(batches.at(-1)).toMatchObject(images);
  });

  test('what happens at other sizes changes nothing of what was found', async () => {
    const found = (await tried(tooWide)).outcome;
    let failures = 0;
    const thenLost = async (batch: Batch) => {
      const failed = await tooWide(batch).catch((error: unknown) => error);
      if (batch.width === 11) failures += 1;
      if (failures > 0 && batch.height > 11) throw new EngineError('crash', 'lost');
      if (failed) throw failed;
    };
    const { evidence: _all, ...one } = { evidence: {}, ...found };
    const { evidence: _few, ...other } = { evidence: {}, ...(await tried(thenLost)).outcome };
    expect(other).toEqual(one);
  });

  test('a size at which the call itself fails counts for nothing', async () => {
    let failures = 0;
    const { outcome } = await tried(async (batch) => {
      if (batch.width === 11) failures += 1;
      if (failures > 0 && batch.width === 9) throw new CallFailed('no');
      await tooWide(batch);
    });
    expect(outcome).toMatchObject({
      evidence: {
        sizePattern: expect.stringMatching(/^only sizes with a width of 11 or/),
        sizes: expect.arrayContaining([[expect.any(Number), 9, 'left-out']]),
      },
    });
  });
});

test('where nothing fails, nothing more is tried', async () => {
  const { outcome, batches, hurried } = await tried(async () => {});
  expect(hurried).toEqual([]);
  expect(outcome).toMatchObject({ status: 'pass', cases: batches.length });
});
