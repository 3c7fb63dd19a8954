import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Check } from '../../check/check.js';
import { type FakeSpec, fakeContract } from '../../contract/testing/fake-contract.js';
import type { FakeBehavior } from '../../engine/testing/fake-behavior.js';
import { fakeSubject } from '../../engine/testing/fake-subject.js';
import type { SavedModel } from '../../savedmodel/saved-model.js';
import { type FakeModelOptions, fakeModel, promisedBy } from '../../savedmodel/testing/fake-model.js';
import type { Batch } from '../../verdict/batch.js';
import type { CheckResult, Finding } from '../../verdict/run.js';
import { decide } from '../decide.js';
import { ModelTime } from '../model-time.js';
import { alike } from './alike.js';
import { fakeAnswers, type Reported } from './fake-answers.js';

/** A spec, a model and how it behaves; parts that are left out are sound and keep the promises of the spec. */
type Situation = FakeBehavior & {
  /** Keys of the spec, as its YAML file has them. */
  readonly spec?: FakeSpec;
  /** The model's files: differences from a sound model that keeps the spec, or a whole model. */
  readonly model?: FakeModelOptions | SavedModel;
  /** Default: 1. */
  readonly seed?: number;
  /** Which check has failed over which kinds of causes, and so excuses this one. Left out: none has. */
  readonly reported?: Reported;
};

type Case = Situation & { readonly name: string };

/** An exact text, or a pattern. */
type Wanted = string | RegExp;

type PassingCase = Case & { readonly summary?: Wanted; readonly warnings?: readonly Wanted[] };

type FailingCase = Case & {
  /** The expected finding; a key that is left out may have any value. */
  readonly finding: {
    readonly [Key in 'where' | 'expected' | 'actual' | 'remedy']?: Wanted;
  } & { readonly batch?: Partial<Batch>; readonly arguments?: Finding['arguments'] };
};

type ReasonedCase = Case & { readonly reason: Wanted };

type SkippedCase = ReasonedCase & { readonly answeredBy?: string };

/** The expected result of a check, case by case. */
export type CheckCases = Omit<Situation, 'seed'> & {
  readonly passes: readonly [PassingCase, ...PassingCase[]];
  readonly fails: readonly [FailingCase, ...FailingCase[]];
  /** Inconclusive: an `error`. */
  readonly undecided?: readonly ReasonedCase[];
  /** Does not apply, or another check answers for it: that one must then be named as `answeredBy`. */
  readonly skips?: readonly SkippedCase[];
};

/** Where tests are registered: vitest, `node:test` or any other with these two. */
export type Runner = {
  readonly describe: (name: string, register: () => void) => void;
  readonly test: (name: string, run: () => Promise<void>) => void;
};

/**
 * Registers unit tests of a check, each in milliseconds and without TensorFlow. Each case describes what is special about
 * its model; the check is then decided as in a run, with corner cases, random cases and shrinking. Keys beside the lists
 * apply to every case that doesn't set them.
 *
 *     testCheck(shape, {
 *       spec: { num_features: 4 },
 *       passes: [{ name: 'a row of 4 for each image' }],
 *       fails: [
 *         {
 *           name: 'one column too few',
 *           call: ({ count }) => tensor([count, 3]),
 *           finding: { where: 'output shape', expected: '[1, 4]', actual: '[1, 3]', batch: { count: 1 } },
 *         },
 *       ],
 *     });
 *
 * @param runner Default: vitest.
 */
export function testCheck(check: Check, cases: CheckCases, runner: Runner = { describe, test }): void {
  const { passes, fails, undecided = [], skips = [], ...common } = cases;
  const register = (verb: string, status: CheckResult['status'], each: Case, wanted: object) =>
    runner.test(`${verb}: ${each.name}`, async () => {
      const result = await decided(check, { ...common, ...each });
      const expected = { status, ...wanted };
      assert.deepEqual(alike(result, expected), expected);
    });
  runner.describe(check.id, () => {
    for (const { summary = /./, warnings, ...each } of passes)
      register('passes', 'pass', each, { summary, ...(warnings ? { warnings } : {}) });
    for (const { finding, ...each } of fails) register('fails', 'fail', each, { finding });
    for (const { reason, ...each } of undecided) register('undecided', 'error', each, { reason });
    for (const { reason, answeredBy, ...each } of skips)
      register('skips', 'skip', each, { reason, ...(answeredBy ? { answeredBy } : {}) });
  });
}

/** Decides the check as a run does. */
async function decided(
  check: Check,
  { spec, model: given = {}, seed = 1, reported = {}, ...behavior }: Situation,
): Promise<CheckResult> {
  const contract = fakeContract(spec);
  const model = 'methods' in given ? given : fakeModel({ ...promisedBy(contract), ...given });
  const subject = fakeSubject({ ...behavior, contract, model });
  const open = async () => subject;
  const answers = fakeAnswers(reported);
  return decide(check, {
    contract,
    model,
    subject: open,
    seed,
    time: new ModelTime(contract.limits),
    unsafe: undefined,
    answers,
  });
}
