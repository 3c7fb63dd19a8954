import type * as vitest from 'vitest';
import type { Check } from '../check/check.js';
import type { ComparedOutputs } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import { ensureRuntime } from '../engine/runtime/runtime.js';
import type { CheckResult } from '../verdict/run.js';
import { failsRun } from '../verdict/verdict.js';
import { Decisions } from './decisions.js';
import { type FailedOutputs, failedOutputs } from './failed-outputs.js';
import { failureInWords } from './failure-in-words.js';
import { ModelSession } from './model-session.js';
import type { RunOptions } from './options.js';
import { waived } from './waive.js';

/** What the worker passes to the reporter with each test. */
export type CheckMeta = {
  readonly result: CheckResult;
  /** The spec that was registered. */
  readonly spec: string;
  /** Digest of the model's files; empty when they could not be read. */
  readonly digest: string;
  /** Time that TensorFlow took for this model's calls so far. */
  readonly callMs: number;
  /** The outputs whose rows a failed check compared; whoever takes them removes them. */
  outputs?: FailedOutputs;
};

declare module 'vitest' {
  interface TaskMeta {
    check?: CheckMeta;
  }
}

/** A parsed spec as JSON, as it is passed to the test module as text. */
export type RegisteredSpec =
  | { readonly kind: 'contract'; readonly contract: Contract }
  | { readonly kind: 'unreadable'; readonly message: string };

/** What the vitest that is running offers, which need not be the one that is installed with this package. */
export type RunningVitest = Pick<typeof vitest, 'afterAll' | 'describe' | 'test'>;

/** Registers a spec's checks as tests of the running vitest. A spec that cannot be read becomes one failing test. */
export function registerSpec(
  running: RunningVitest,
  spec: RegisteredSpec,
  checks: readonly Check[],
  options: RunOptions,
): void {
  if (spec.kind === 'contract') registerContract(running, spec.contract, checks, options);
  else
    running.test('the spec can be read', () => {
      throw new Error(spec.message);
    });
}

function registerContract(
  { afterAll, describe, test }: RunningVitest,
  contract: Contract,
  checks: readonly Check[],
  options: RunOptions,
): void {
  const addon = async () => options.addon ?? (await ensureRuntime()).addon;
  const { chosen } = options;
  const asked = checks.filter(({ id }) => chosen === undefined || chosen.includes(id));
  const runs = asked.some(({ kind }) => kind !== 'reading');
  const soon = runs && options.addon !== undefined ? { soon: options.addon } : {};
  const session = new ModelSession(contract, { ...options, addon, ...soon });
  const outputs = new Map<string, FailedOutputs>();
  const onOutputs = (id: string, compared: ComparedOutputs) => {
    const failed = failedOutputs(compared);
    if (failed) outputs.set(id, failed);
  };
  let decisions: Decisions | undefined;
  describe(contract.name, () => {
    for (const check of asked) {
      test(check.id, { timeout: 0 }, async (context) => {
        decisions ??= new Decisions(contract, session, {
          ...options,
          checks,
          asked: asked.filter(({ id }) => willRun(id, context)),
          onOutputs,
        });
        const result = await decisions.decide(check);
        const [reported = result] = waived([result], contract.waivers, options.today);
        const failed =
          reported === result || reported.status === 'waived' ? outputs.get(check.id) : undefined;
        outputs.delete(check.id);
        context.task.meta.check = {
          spec: contract.specPath,
          result: reported,
          ...(await session.digestAndCallTime()),
          ...(failed ? { outputs: failed } : {}),
        };
        conclude(context, reported, options.strict, () =>
          failureInWords(check, reported, { ...contract, ...options }),
        );
      });
    }
    afterAll(() => session.close());
  });
}

/** Whether vitest runs the test of a check, too: of one that its filters leave out, no answer may be expected. */
function willRun(id: string, { task: { suite } }: vitest.TestContext): boolean {
  const test = suite?.tasks.find(({ name }) => name === id);
  return test === undefined || test.mode === 'run' || test.mode === 'queued' || test.mode === 'only';
}

/** Makes plain vitest, without our reporter, show the same verdict. */
function conclude(
  context: vitest.TestContext,
  result: CheckResult,
  strict: boolean,
  inWords: () => string,
): void {
  const { status, reason, warnings = [] } = result;
  if (failsRun(result, strict)) throw new Error(status === 'fail' ? inWords() : warnings.join('\n'));
  if (status === 'skip' || status === 'waived') context.skip(reason);
  if (status === 'error') throw new Error(`Could not decide: ${reason}`);
}
