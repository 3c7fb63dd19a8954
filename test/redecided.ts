import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { makeWorkFolder, removeWorkFolder } from '../harness/engine/work-folder.js';
import { Decisions } from '../harness/run/decisions.js';
import { ModelSession } from '../harness/run/model-session.js';
import { verified } from '../harness/run/verified.js';
import { waived } from '../harness/run/waive.js';
import type { CheckResult } from '../harness/verdict/run.js';
import { contractAt } from '../proof/running.js';
import { checks } from '../suites/all.js';

/** One check that a run does not count. */
export type Without = { readonly id: string; readonly how: 'waived' | 'not asked' };

/** Decides all checks of a model, but for one that does not count. */
export type Decide = (without?: Without) => Promise<readonly CheckResult[]>;

const today = '2026-11-23';

/** What `use` gives, which may decide the checks of a spec again and again, in one process of the model. `maxRuns`: random cases. */
export async function redecided<T>(
  specFile: string,
  seed: number,
  use: (decide: Decide) => Promise<T>,
  maxRuns = Number.POSITIVE_INFINITY,
): Promise<T> {
  const declared = await contractAt(specFile);
  const contract = { ...declared, runs: Math.min(declared.runs, maxRuns) };
  const workFolder = makeWorkFolder();
  const addon = async () => (await ensureRuntime()).addon;
  const session = new ModelSession(contract, { addon, workFolder });
  try {
    return await use(async (without) => {
      const waiver = without?.how === 'waived' ? [{ check: without.id, reason: 'tried by a test' }] : [];
      const waivers = [...contract.waivers, ...waiver];
      const asked = checks.filter(({ id }) => without?.how !== 'not asked' || id !== without.id);
      const options = { seed, allowUnsafe: false, today, checks, asked };
      const decisions = new Decisions({ ...contract, waivers }, session, options);
      const results: CheckResult[] = [];
      for (const check of asked) results.push(await decisions.decide(check));
      return verified(waived(results, waivers, today));
    });
  } finally {
    await session.close();
    removeWorkFolder(workFolder);
  }
}
