import type { ModelRun, Run } from '../run.js';
import type { Part } from './merge.js';
import { differenceOf, digestOf, planOf } from './plan.js';

/** A run of a folder that somebody names as a part. */
export type NamedRun = { readonly from: string; readonly run: Run };

/** The parts of one whole, in its order; or why these runs are none, in a sentence. `version`: of this assay. */
export function partsOf(runs: readonly NamedRun[], version: string): readonly Part[] | string {
  const parts: Part[] = [];
  for (const { from, run } of runs) {
    const shard = run.selection?.shard;
    if (shard === undefined) return `${from} has a whole run, and no part of one.`;
    if (run.rejudged)
      return `${from} was judged again: merge the parts as they were made, then judge the whole.`;
    if (run.tool.version !== version)
      return `${from} was made by assay ${run.tool.version}, and this is ${version}.`;
    if (run.interrupted) return `${from}, shard ${shard.index} of ${shard.count}, was interrupted.`;
    parts.push({ from, run, shard });
  }
  const inOrder = parts.sort((one, other) => one.shard.index - other.shard.index);
  return faultAmong(inOrder) ?? inOrder;
}

function faultAmong(parts: readonly Part[]): string | undefined {
  const [first] = parts;
  if (first === undefined) return 'There are no parts to merge.';
  for (const part of parts) {
    const fault = strangerTo(first, part) ?? forgedIn(part);
    if (fault !== undefined) return fault;
  }
  const incomplete = () => parts.map(incompleteIn).find((fault) => fault !== undefined);
  return twiceIn(parts) ?? missingIn(parts) ?? incomplete() ?? changedAmong(parts);
}

/** Parts of two runs. */
function strangerTo(first: Part, part: Part): string | undefined {
  const [one, other] = [first, part].map(({ run, shard }) => planOf(run, shard));
  if (one === undefined || other === undefined) return undefined;
  const difference = differenceOf(one, other, [first.shard.specs, part.shard.specs]);
  return difference && `${first.from} and ${part.from} are not of one run: ${difference}.`;
}

/** What somebody has changed in a run.json. */
function forgedIn({ from, run, shard }: Part): string | undefined {
  if (digestOf(planOf(run, shard)) !== shard.plan)
    return `${from} has been changed: its plan is not the one that its digest is of.`;
  if (shard.index > shard.count) return `${from} says that it is shard ${shard.index} of ${shard.count}.`;
  return undefined;
}

function twiceIn(parts: readonly Part[]): string | undefined {
  const at = parts.findIndex(({ shard }, place) => shard.index === parts[place + 1]?.shard.index);
  const [one, other] = [parts[at], parts[at + 1]];
  return one && other && `${one.from} and ${other.from} are both ${nameOf(one)}.`;
}

function missingIn(parts: readonly Part[]): string | undefined {
  const there = new Set(parts.map(({ shard }) => shard.index));
  const count = parts[0]?.shard.count ?? 0;
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !there.has(index));
  if (missing.length === 0) return undefined;
  const [last] = missing.slice(-1);
  return missing.length === 1
    ? `Shard ${last} of ${count} is missing.`
    : `Shards ${missing.slice(0, -1).join(', ')} and ${last} of ${count} are missing.`;
}

/** What a part lacks of what the plan gives to it, or has beyond. */
function incompleteIn(part: Part): string | undefined {
  const { run, shard, from } = part;
  const name = `${upper(nameOf(part))} (${from})`;
  const planned = shard.specs.filter((one) => one.shard === shard.index);
  const stray = run.models.find(({ spec }) => !planned.some((one) => one.spec === spec));
  if (stray) return `${name} has ${stray.spec}, which the plan does not give to it.`;
  if (run.models.length > planned.length) return `${name} has a model twice.`;
  for (const { spec, specDigest } of planned) {
    const model = run.models.find((one) => one.spec === spec);
    if (!model) return `${name} lacks ${spec}.`;
    if (model.specDigest !== specDigest) return `${name}: ${spec} changed while it ran.`;
    const fault = checksOf(model, run);
    if (fault !== undefined) return `${name}: ${spec} ${fault}.`;
  }
  return undefined;
}

/** A model of several specs that was another one in one part than in another. */
function changedAmong(parts: readonly Part[]): string | undefined {
  const models = parts.flatMap(({ run }) => run.models).filter(({ digest }) => digest !== '');
  for (const { spec, model, digest } of models) {
    const other = models.find((one) => one.model === model && one.digest !== digest);
    if (other) return `The model ${model} was another one for ${spec} than for ${other.spec}.`;
  }
  return undefined;
}

/** Of a spec that could be read, each planned check has a result; of another, none. */
function checksOf({ checks, problem }: ModelRun, { rules = [] }: Run): string | undefined {
  const there = checks.map(({ id }) => id);
  const planned = problem === undefined ? rules.map(({ id }) => id) : [];
  const lacking = planned.find((id) => !there.includes(id));
  if (lacking !== undefined) return `lacks ${lacking}`;
  const extra = there.find((id, at) => !planned.includes(id) || there.indexOf(id) < at);
  return extra === undefined ? undefined : `has ${extra}, which the plan does not`;
}

function nameOf({ shard }: Part): string {
  return `shard ${shard.index} of ${shard.count}`;
}

function upper(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}
