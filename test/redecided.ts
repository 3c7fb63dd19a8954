import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { Decisions } from '../harness/run/decisions.js';
import { ModelSession } from '../harness/run/model-session.js';
import { verified } from '../harness/run/verified.js';
import { waived } from '../harness/run/waive.js';
import type { CheckResult } from '../harness/verdict/run.js';
import { contractAt } from '../proof/running.js';
import { checks } from '../suites/all.js';

/** One check that a run does not count. */
export type Without = { readonly id: string; readonly how: 'waived' | 'not asked' };

const today = '2026-11-23';

/** The results of a spec's checks at a seed, once for each check that does not count; in one process of the model. */
export async function redecided(
  specFile: string,
  seed: number,
  without: readonly Without[],
): Promise<(readonly [Without, readonly CheckResult[]])[]> {
  const contract = await contractAt(specFile);
  const workFolder = await mkdtemp(path.join(tmpdir(), 'assay-test-'));
  const addon = async () => (await ensureRuntime()).addon;
  const session = new ModelSession(contract, { addon, workFolder });
  try {
    const all: (readonly [Without, readonly CheckResult[]])[] = [];
    for (const one of without) {
      const reason = 'tried by a test';
      const waivers = [...contract.waivers, ...(one.how === 'waived' ? [{ check: one.id, reason }] : [])];
      const asked = checks.filter(({ id }) => one.how === 'waived' || id !== one.id);
      const options = { seed, allowUnsafe: false, today, checks, asked };
      const decisions = new Decisions({ ...contract, waivers }, session, options);
      const results: CheckResult[] = [];
      for (const check of asked) results.push(await decisions.decide(check));
      all.push([one, verified(waived(results, waivers, today))]);
    }
    return all;
  } finally {
    await session.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}
