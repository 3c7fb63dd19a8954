import { afterAll, describe, type TestContext, test } from 'vitest';
import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { readSpec } from '../contract/parse.js';
import { renderProblem } from '../contract/render.js';
import type { CheckResult } from '../verdict/run.js';
import { blocked } from './blocked.js';
import { decide } from './decide.js';
import { type Loaded, ModelSession } from './model-session.js';
import type { RunOptions } from './options.js';

/** What travels from the worker to the reporter with each test. */
export type CheckMeta = {
  readonly result: CheckResult;
  /** Of the model's files; empty when they could not be read. */
  readonly digest: string;
  /** Time that TensorFlow took for this model's calls so far. */
  readonly callMs: number;
};

declare module 'vitest' {
  interface TaskMeta {
    check?: CheckMeta;
  }
}

/** Registers a spec's checks as tests of the running vitest. A spec with problems becomes one failing test. */
export async function registerSpec(
  specFile: string,
  checks: readonly Check[],
  options: RunOptions,
): Promise<void> {
  const parsed = await readSpec(specFile, { checkIds: checks.map((check) => check.id) });
  if (parsed.kind === 'problems') {
    const message = parsed.problems.map((problem) => renderProblem(problem, { color: false })).join('\n\n');
    test('the spec can be read', () => {
      throw new Error(message);
    });
    return;
  }
  registerContract(parsed.contract, checks, options);
}

function registerContract(contract: Contract, checks: readonly Check[], options: RunOptions): void {
  const session = new ModelSession(contract, options);
  const decided: CheckResult[] = [];
  describe(contract.name, () => {
    for (const check of checks.filter(
      ({ id }) => options.chosen === undefined || options.chosen.includes(id),
    )) {
      test(check.id, { timeout: 0 }, async (context) => {
        const result = await decideOne(check, contract, session, { ...options, decided });
        decided.push(result);
        context.task.meta.check = { result, ...(await session.told()) };
        conclude(context, result, options.strict);
      });
    }
    afterAll(() => session.close());
  });
}

async function decideOne(
  check: Check,
  contract: Contract,
  session: ModelSession,
  options: RunOptions & { readonly decided: readonly CheckResult[] },
): Promise<CheckResult> {
  let loaded: Loaded;
  try {
    loaded = await session.load();
  } catch (error) {
    return blocked(check, contract, error);
  }
  const { seed, allowUnsafe, decided } = options;
  return decide(check, {
    contract,
    model: loaded.model,
    subject: () => session.subject(),
    seed,
    allowUnsafe,
    decided,
  });
}

/** Lets plain vitest, without our reporter, show the same verdict. */
function conclude(context: TestContext, result: CheckResult, strict: boolean): void {
  if (result.status === 'skip' || result.status === 'waived') context.skip(result.reason);
  if (result.status === 'error') throw new Error(`Could not find out: ${result.reason}`);
  if (result.status === 'fail' && (strict || result.level === 'must'))
    throw new Error(`${result.demands}\n${result.summary}`);
}
