import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult, ModelRun } from '../harness/verdict/run.js';
import { verdictOf } from '../harness/verdict/verdict.js';
import { ofModel, ofTwin } from '../proof/defects.js';
import { materialNamed, specOfTwin } from '../proof/material.js';
import { prove } from '../proof/prove.js';
import { type Tallies, tallyOf } from '../proof/tally.js';
import { redecided } from './redecided.js';

/** The proof in short: `npm run proof` does the same with more seeds. */
const seed = 20261123;
const material = materialNamed([]);
let tallies: Tallies;
let runs: ReadonlyMap<string, ModelRun>;

beforeAll(async () => {
  const [run, ...others] = await prove(material, [seed]);
  if (!run || others.length > 0) throw new Error('One seed is one run.');
  tallies = tallyOf(material, [run]);
  runs = 'results' in run ? run.results : new Map();
}, 1_800_000);

test('the run came to its end', () => {
  expect(tallies.died).toEqual([]);
});

describe('every conforming model passes, without a warning', () => {
  test.each(material.models)('%s', (name) => {
    const tally = tallies.models.find(({ model }) => model === name);
    expect(tally && ofModel(tally)).toEqual([]);
    expect(tally?.passed).toBeGreaterThan(0);
  });
});

describe('every broken twin fails the check that is named for it, and no other MUST', () => {
  test.each(material.twins)('$twin: $check', ({ twin: name }) => {
    const tally = tallies.twins.find(({ twin }) => twin === name);
    expect(tally && ofTwin(tally)).toEqual([]);
  });
});

describe('one failure never hides another', () => {
  test.each(material.twins)('$twin', { timeout: 300_000 }, async (twin) => {
    const checks = runs.get(specOfTwin(twin))?.checks ?? [];
    const broken = idsOf(checks.filter(isBroken));
    const answering = [...new Set(checks.flatMap(leftBy))];
    expect(idsOf(checks.filter(isAnswer))).toEqual(expect.arrayContaining(answering));
    const variants = answering.flatMap((id) => [
      { id, how: 'waived' } as const,
      { id, how: 'not asked' } as const,
    ]);
    for (const [{ id, how }, results] of await redecided(specOfTwin(twin), seed, variants)) {
      const others = broken.filter((one) => one !== id);
      expect(idsOf(results.filter(isBroken)), `${id} is ${how}`).toEqual(expect.arrayContaining(others));
      expect(verdictOf(results, false), `${id} is ${how}`).not.toBe('conforms');
    }
  });
});

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
