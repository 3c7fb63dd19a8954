import { verified } from '../../run/verified.js';
import { uniqueNameOf } from '../../verdict/model-name.js';
import type { ModelRun, Run } from '../../verdict/run.js';
import { UserError } from '../../verdict/user-error.js';
import { verdictOf, worst } from '../../verdict/verdict.js';
import { judgeCheck } from './judge-check.js';
import type { Judging } from './judging.js';
import { resolved, type StoredWaiver, underWaivers } from './waive-stored.js';
import type { NewTolerance } from './within.js';

export type Rejudging = {
  readonly tolerance?: NewTolerance;
  readonly waivers: readonly StoredWaiver[];
  /** Ids of checks that nobody may waive. */
  readonly unwaivable: readonly string[];
  /** The folder of run.json, in which the outputs of findings are. */
  readonly folder: string;
  /** Where the run came from: its file, relative to the folder of what is written, and `sha256:` over its bytes. */
  readonly from: string;
  readonly digest: string;
};

/**
 * A stored run under another tolerance, with further waivers, or both; no model is called. What was not judged by a
 * tolerance stays as it was. @throws UserError for a run or waivers that cannot be judged; Contradiction
 */
export function rejudge(run: Run, { tolerance, waivers, unwaivable, ...where }: Rejudging): Run {
  if (run.rejudged !== undefined)
    throw new UserError(
      'This run was judged again already.',
      `Judge the run again that it came from: ${run.rejudged.from}.`,
    );
  const found = resolved(waivers, run.models, unwaivable);
  const models = run.models.map((model) => {
    const own = found.flatMap(({ of, waiver }) => (of === model ? [waiver] : []));
    const judging = tolerance && { tolerance, folder: where.folder, spec: model.spec };
    return rejudged(model, run.strict, own, judging);
  });
  const kept = found.map(({ of, waiver: { check, reason } }) => ({
    model: uniqueNameOf(of, run.models),
    check,
    reason,
  }));
  return {
    ...run,
    verdict: worst(models.map(({ verdict }) => verdict)),
    models,
    rejudged: {
      from: where.from,
      digest: where.digest,
      ...(tolerance ? { tolerance } : {}),
      ...(kept.length > 0 ? { waivers: kept } : {}),
    },
  };
}

function rejudged(
  model: ModelRun,
  strict: boolean,
  waivers: readonly StoredWaiver[],
  judging: Judging | undefined,
): ModelRun {
  const judged = judging ? model.checks.map((check) => judgeCheck(check, judging)) : model.checks;
  const checks = verified(underWaivers(judged, waivers));
  return { ...model, checks, verdict: verdictOf(checks, strict) };
}
