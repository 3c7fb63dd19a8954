import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult, ModelRun, Run } from '../harness/verdict/run.js';
import { checks } from '../suites/all.js';
import { conformingModels, inProject, twins } from './project.js';
import { runOf } from './running.js';

const seed = 20261123;
const built = new Set(checks.map((check) => check.id));
const testable = twins().filter(({ check }) => built.has(check));

describe('every conforming model passes', () => {
  let run: Run;
  beforeAll(async () => {
    run = await runOf(
      conformingModels().map((model) => inProject('specs', `${model}.yaml`)),
      seed,
    );
  }, 600_000);

  test.each(conformingModels())('%s', (model) => {
    const checked = modelIn(run, model);
    expect(
      checked.checks.filter(({ status }) => status !== 'pass' && status !== 'skip').map(described),
    ).toEqual([]);
    expect(checked.checks.flatMap(({ warnings }) => warnings ?? [])).toEqual([]);
    expect(checked.verdict).toBe('conforms');
  });
});

describe('every broken twin fails the check that is named for it, and no other MUST', () => {
  let run: Run;
  beforeAll(async () => {
    run = await runOf(
      testable.map(({ twin }) => inProject('models-under-test', 'twins', `${twin}.yaml`)),
      seed,
    );
  }, 1_200_000);

  test.each(testable)('$twin: $check', ({ twin, check, also = {} }) => {
    const results = modelIn(run, twin).checks;
    const named = results.find(({ id }) => id === check);
    expect(named && described(named)).toMatch(/^fail/);
    const others = results.filter(
      (result) => result.id !== check && !(result.id in also) && unexpected(result),
    );
    expect(others.map(described)).toEqual([]);
  });
});

function modelIn(run: Run, name: string): ModelRun {
  const model = run.models.find((one) => one.name === name);
  if (!model) throw new Error(`${name} is not in the run.`);
  return model;
}

/** A failed SHOULD is a warning and may come along; what could not be found out may not. */
function unexpected({ status, level }: CheckResult): boolean {
  return status === 'error' || (status === 'fail' && level === 'must');
}

function described({ id, status, summary }: CheckResult): string {
  return `${status} ${id}: ${summary}`;
}
