import type { ModelRun, Rejudged, Run } from '../run.js';

/** What differs between two runs of a model and may have changed its results. */
export type Cause = 'model' | 'spec' | 'tool' | 'tensorflow' | 'system' | 'checks' | 'judging' | 'seed';

type Side = { readonly run: Run; readonly model: ModelRun };

/** All that differs, what weighs most first; `unknown` are those that one of the runs does not tell. */
export function causesOf(before: Side, after: Side): { causes: Cause[]; unknown: Cause[] } {
  const told = Object.entries(facts).map(
    ([cause, fact]) => [cause as Cause, fact(before), fact(after)] as const,
  );
  const isUntold = (one: string, other: string) => one === '' || other === '';
  return {
    causes: told.flatMap(([cause, one, other]) => (!isUntold(one, other) && one !== other ? [cause] : [])),
    unknown: told.flatMap(([cause, one, other]) => (isUntold(one, other) ? [cause] : [])),
  };
}

const facts: Readonly<Record<Cause, (side: Side) => string>> = {
  model: ({ model }) => model.digest,
  spec: ({ model }) => model.specDigest ?? '',
  tool: ({ run }) => run.tool.version,
  tensorflow: ({ run }) => run.environment.tensorflow,
  system: ({ run: { environment } }) => `${environment.os}, Node ${environment.node}`,
  checks: ({ model }) => model.checks.map(({ id }) => id).join(),
  judging: ({ run: { rejudged } }) => judgingOf(rejudged),
  seed: ({ run }) => String(run.seed),
};

/** By what a stored run was judged again, whatever run it was. */
function judgingOf(rejudged: Rejudged | undefined): string {
  return rejudged ? JSON.stringify([rejudged.tolerance, rejudged.waivers]) : 'as it was made';
}
