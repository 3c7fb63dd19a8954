import { callMayDraw, drawsUntilSteady } from '../../../harness/check/may-draw.js';
import { LeftOut } from '../../../harness/check/violation.js';
import { CallFailed } from '../../../harness/engine/process/failures.js';
import type { Call, Subject } from '../../../harness/engine/subject.js';
import type { Variable } from '../../../harness/savedmodel/saved-model.js';
import { Drawing, type Draws } from './draws.js';
import { type Drops, dropsIn } from './drops.js';
import { type Bounds, boundsOf } from './kept.js';
import { perturbationsOf } from './perturbations.js';
import { type Unit, unitsOf } from './recurring.js';

/** The statistics' answer for one call. */
export type DropoutAnswer = { readonly drops: Drops; readonly draws: number } & (
  | { readonly kind: 'kept'; readonly bounds: Bounds }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'inconclusive'; readonly why: string }
);

/** Draws after which to check whether they are enough. */
const stages = [10, 16, 24, 40, 60];

/** Draws after which nothing random is expected where none of them differs, in a call that has no random operation. */
const fewDraws = 3;

/** Fewer draws give no answer. */
const minDraws = 10;

/** Draws that are enough where all are the same, and to estimate the rate of drops. */
const settled = 16;

/** Rates that are to be excluded before drawing stops early; masks of a row's own, and one for the whole batch. */
const sufficientDraws = { missed: 0.005, missedShared: 0.01 };

/** The largest rate that may remain possible: "kept" would say nothing otherwise. */
const minExcludedRate = 0.05;

/** Hits of units that count as evidence, at least. */
export const minEvents = 8;

/** Decides whether the outputs of a call are dropped. Draws no more than it needs, and none after `until`. */
export async function answerFor(subject: Subject, call: Call, until: number): Promise<DropoutAnswer> {
  const drawing = new Drawing(subject, call);
  let seen = observe(await drawing.upTo(1, until));
  for (const stage of stages) {
    seen = observe(await drawing.upTo(stage, until));
    if (seen.draws < stage || enough(seen)) break;
  }
  if (seen.draws < minDraws)
    return { kind: 'inconclusive', why: `only ${seen.draws} calls fitted into the time limit`, ...seen };
  if (seen.bounds && seen.bounds.missed <= minExcludedRate)
    return { kind: 'kept', ...seen, bounds: seen.bounds };
  return afterPerturbing(subject, call, seen, until);
}

/** Whether a call gives the same each time, as far as a few calls show. */
export async function isStill(subject: Subject, call: Call, until: number): Promise<boolean> {
  const count = callMayDraw(subject, call) ? drawsUntilSteady : fewDraws;
  const { values } = await new Drawing(subject, call).upTo(count, until);
  const [first, ...others] = values;
  return others.length > 0 && others.every((draw) => draw.every((value, at) => value === first?.[at]));
}

type Observed = { readonly drops: Drops; readonly bounds: Bounds | undefined; readonly draws: number };

function observe(draws: Draws): Observed {
  const units = unitsOf(draws);
  const count = draws.values.length;
  return {
    drops: dropsIn(draws, units),
    bounds: count < minDraws ? undefined : tightestBounds(draws, units),
    draws: count,
  };
}

/** Where no two images share a value, that excludes more than where such coincidences are left aside. */
function tightestBounds(draws: Draws, units: readonly Unit[]): Bounds | undefined {
  const leftAside = units.some(({ minRows }) => minRows > 2);
  return (leftAside ? boundsOf(draws, unitsOf(draws, 2)) : undefined) ?? boundsOf(draws, units);
}

function enough({ drops, bounds, draws }: Observed): boolean {
  if (!bounds) return draws >= settled && doubtIn(drops) === undefined;
  if (bounds.deterministic && draws >= settled) return true;
  return bounds.missed <= sufficientDraws.missed && bounds.missedShared <= sufficientDraws.missedShared;
}

/** Why the observations are no evidence of drops; undefined when they are. */
export function doubtIn({
  events,
  unitsHit,
  hits,
  independent,
  sameForAllImages,
  ambiguous,
}: Drops): string | undefined {
  if (ambiguous > unitsHit / 10) return 'several values recur in a unit, as rounding makes them';
  if (hits === 0) return 'in too few units would a drop stand out from the other values';
  if (!independent)
    return 'whole rows recur at once, as they do when all units of an inner layer are dropped';
  if (!sameForAllImages)
    return 'values recur for some images more than for others, as at the limits of activations';
  return events < minEvents || unitsHit < 2 ? 'values recur, but too seldom to be sure' : undefined;
}

/**
 * Perturbs the weights, which does not affect a mask on the outputs: drops continue at the same rate, while values that
 * recur by the weights (a layer that passes on single units, a bias below an activation's limit) stop.
 */
async function afterPerturbing(
  subject: Subject,
  call: Call,
  seen: Observed,
  until: number,
): Promise<DropoutAnswer> {
  const doubt = doubtIn(seen.drops);
  const count = drawsFor(seen);
  const persisted: boolean[] = [];
  let draws = seen.draws;
  for (const moves of perturbationsOf(subject.model, seen.drops.units.length)) {
    const perturbed = await observePerturbed(subject, call, moves, count, until);
    draws += perturbed?.draws ?? 0;
    if (perturbed?.bounds && perturbed.bounds.missed <= minExcludedRate)
      return { kind: 'kept', drops: seen.drops, bounds: perturbed.bounds, draws };
    persisted.push(perturbed !== undefined && persists(seen.drops, perturbed.drops));
  }
  const [kernels, ...all] = persisted;
  const { drops } = seen;
  const lifted = drops.interior || all.some(Boolean);
  if (doubt === undefined && kernels && lifted) return { kind: 'dropped', drops, draws };
  const why =
    doubt ?? 'values recur as if units were dropped, but do not persist when the weights are perturbed';
  return { kind: 'inconclusive', why, drops, draws };
}

/** Draws with perturbed weights: enough for twenty hits at the same rate. */
function drawsFor({ drops, draws }: Observed): number {
  return Math.min(20, Math.max(12, Math.ceil((20 * draws) / Math.max(1, drops.events))));
}

/** Undefined where the model returns no numbers with these weights. */
async function observePerturbed(
  subject: Subject,
  call: Call,
  moves: ReadonlyMap<Variable, number>,
  count: number,
  until: number,
): Promise<Observed | undefined> {
  try {
    return observe(await new Drawing(subject, call, moves).upTo(count, until));
  } catch (error) {
    if (error instanceof LeftOut || error instanceof CallFailed) return undefined;
    throw error;
  }
}

/**
 * Whether the units that were hit are hit at least a third as often, where that is often enough to show, nearly all of
 * them, and again independently and for all images alike.
 */
function persists(before: Drops, after: Drops): boolean {
  const again = after.units.filter((unit, at) => unit && (before.units[at]?.events ?? 0) > 0);
  const judged = before.units.filter((unit) => unit !== undefined).length;
  const expected = (before.events / Math.max(1, judged) / before.draws) * after.draws;
  const events = again.reduce((all, unit) => all + (unit?.events ?? 0), 0);
  const silent = again.filter((unit) => unit?.events === 0).length;
  const enough = expected * again.length >= 4 && events >= (expected * again.length) / 3;
  return (
    enough &&
    silent <= (Math.exp(-expected) + 0.2) * again.length &&
    after.independent &&
    after.sameForAllImages
  );
}
