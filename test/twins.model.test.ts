import { beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { CheckResult } from '../harness/verdict/run.js';
import { verdictOf } from '../harness/verdict/verdict.js';
import { ofTwin } from '../proof/defects.js';
import { materialNamed, specOfTwin } from '../proof/material.js';
import { twinTally } from '../proof/tally.js';
import { type Decide, redecided } from './redecided.js';

/** The proof in short: `npm run proof` does the same with more seeds and more random cases. */
const seed = 20261123;

/** Random cases that show most faults; where they do not, all are tried. */
const few = 8;

beforeAll(async () => {
  await ensureRuntime();
}, 600_000);

describe.concurrent('a broken twin fails the check that is named for it, and no other MUST; no failure hides another', () => {
  test.each(materialNamed([]).twins)('$twin: $check', { timeout: 300_000 }, async (twin) => {
    const defectsWith = (cases?: number) =>
      redecided(
        specOfTwin(twin),
        seed,
        async (decide) => {
          const checks = await decide();
          const defects = ofTwin(twinTally(twin, [{ seed, run: { checks } }]));
          if (defects.length === 0) await hidesNone(checks, decide);
          return defects;
        },
        cases,
      );
    const defects = await defectsWith(few);
    expect(defects.length === 0 ? defects : await defectsWith()).toEqual([]);
  });
});

/** Whichever check that answers for others is waived, or not asked: all that failed before still do. */
async function hidesNone(checks: readonly CheckResult[], decide: Decide): Promise<void> {
  const broken = idsOf(checks.filter(isBroken));
  const answering = [...new Set(checks.flatMap(leftBy))];
  expect(idsOf(checks.filter(isAnswer))).toEqual(expect.arrayContaining(answering));
  for (const id of answering)
    for (const how of ['waived', 'not asked'] as const) {
      const results = await decide({ id, how });
      const others = broken.filter((one) => one !== id);
      expect(idsOf(results.filter(isBroken)), `${id} is ${how}`).toEqual(expect.arrayContaining(others));
      expect(verdictOf(results, false), `${id} is ${how}`).not.toBe('conforms');
    }
}

function idsOf(checks: readonly CheckResult[]): string[] {
  return checks.map(({ id }) => id);
}

function isBroken({ status, level }: CheckResult): boolean {
  return status === 'fail' && level === 'must';
}

function isAnswer(result: CheckResult): boolean {
  return isBroken(result) || result.status === 'error';
}

/** The checks that a result leaves something to. */
function leftBy({ answeredBy, evidence }: CheckResult): string[] {
  const left = evidence?.leftTo;
  const partly = typeof left === 'object' && left !== null ? Object.keys(left) : [];
  return [...(answeredBy === undefined ? [] : [answeredBy]), ...partly];
}
