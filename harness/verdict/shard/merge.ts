import type { ModelRun, Run } from '../run.js';
import { choiceIn, type Shard } from '../selection.js';
import { worst } from '../verdict.js';

/** A run that is one part of a whole. `from`: the folder that it was read from. */
export type Part = { readonly from: string; readonly run: Run; readonly shard: Shard };

/**
 * The whole run of its parts, which have no fault: models in the order of the plan, `startedAt` of the first that started, and
 * `durationMs` of all together. Its files are still those of the parts.
 */
export function merged(parts: readonly Part[]): Run {
  const [first] = parts;
  if (first === undefined) throw new RangeError('a run of no parts');
  const { base: _base, selection, ...run } = first.run;
  const choice = choiceIn(selection);
  const models = first.shard.specs.flatMap(({ spec }) => modelOf(spec, parts)?.model ?? []);
  const started = parts.map((part) => part.run.startedAt).sort();
  return {
    ...run,
    startedAt: started[0] ?? run.startedAt,
    durationMs: parts.reduce((sum, part) => sum + part.run.durationMs, 0),
    ...(choice ? { selection: choice } : {}),
    verdict: worst(models.map(({ verdict }) => verdict)),
    models,
  };
}

/** The model of a spec, and the part that checked it. */
export function modelOf(
  spec: string,
  parts: readonly Part[],
): { readonly model: ModelRun; readonly part: Part } | undefined {
  for (const part of parts) {
    const model = part.run.models.find((one) => one.spec === spec);
    if (model) return { model, part };
  }
  return undefined;
}
