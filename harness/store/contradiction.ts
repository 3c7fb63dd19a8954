import type { Run } from '../verdict/run.js';
import { verdictOf, worst } from '../verdict/verdict.js';

/** Where a run says another thing than follows from its own results, as no run does that assay wrote; undefined otherwise. */
export function contradictionIn({ verdict, models, strict }: Run): string | undefined {
  for (const [at, model] of models.entries()) {
    const follows = verdictOf(model.checks, strict);
    if (model.verdict !== follows)
      return `/models/${at}/verdict is ${model.verdict}, its checks say ${follows}`;
  }
  const follows = worst(models.map((model) => model.verdict));
  return verdict === follows ? undefined : `/verdict is ${verdict}, its models say ${follows}`;
}
