import { shrunk } from './generate.js';
import { type Input, idOf, type Kind } from './kind.js';
import type { Work } from './messages.js';
import { type Counts, isForbidden, type Mishap, noCounts, type Observed } from './outcome.js';
import { changedBetween, listing, type Sandbox } from './sandbox.js';
import type { WorkerHost } from './worker-host.js';

/** What became of the inputs of a kind. */
export type Tally = {
  readonly kind: Kind;
  readonly inputs: number;
  readonly counts: Counts;
  readonly mishaps: readonly Mishap[];
  /** Paths outside the folders of the workers that came, went or changed. */
  readonly outside: readonly string[];
  readonly durationMs: number;
};

export type Plan = {
  readonly seed: number;
  readonly sandbox: Sandbox;
  readonly workers: readonly WorkerHost[];
  readonly signal: AbortSignal;
};

/** Inputs that a worker gets at once. */
const batch = 50;

/** Mishaps of a kind that are tried again in a process of their own; where so many are true, all are believed. */
const doubted = 5;

/** Tries inputs 0 to `count` of a kind, in all workers at once. */
export async function torture(kind: Kind, count: number, plan: Plan): Promise<Tally> {
  const start = performance.now();
  const before = listing(plan.sandbox);
  const mishaps: Mishap[] = [];
  let counts = noCounts;
  let next = 0;
  const serve = async (worker: WorkerHost) => {
    while (next < count && !plan.signal.aborted) {
      const from = next;
      next = Math.min(count, from + batch);
      const result = await tried(worker, { kind: idOf(kind), seed: plan.seed, from, count: next - from });
      counts = sum(counts, result.counts);
      mishaps.push(...result.mishaps);
    }
  };
  await Promise.all(plan.workers.map(serve));
  const confirmed = await confirm(kind, mishaps, counts, plan);
  const outside = changedBetween(before, listing(plan.sandbox));
  return { kind, inputs: count, ...confirmed, outside, durationMs: performance.now() - start };
}

/** The smallest input that ends as a mishap did. */
export async function smallest(
  kind: Kind,
  mishap: Mishap,
  { seed, workers }: Plan,
): Promise<Input | undefined> {
  const [worker] = workers;
  if (worker === undefined) return undefined;
  return shrunk(kind, seed, mishap.index, async (input) => {
    const { outcome } = await observed(worker, { format: kind.format, input });
    return outcome === mishap.outcome;
  });
}

/** What becomes of one input, in a process of its own. */
export async function observed(worker: WorkerHost, work: Extract<Work, { input: Input }>): Promise<Observed> {
  const answer = await worker.ask(work);
  if (!('observed' in answer)) throw new Error('The answer is to another question.');
  if (isForbidden(answer.observed)) await worker.end();
  return answer.observed;
}

type Range = Extract<Work, { count: number }>;
type Result = { readonly counts: Counts; readonly mishaps: readonly Mishap[] };

/** A range over which a worker was lost is tried again input by input. */
async function tried(worker: WorkerHost, range: Range): Promise<Result> {
  const answer = await worker.ask(range);
  if (!('observed' in answer)) {
    if (answer.done === range.count) return answer;
    await worker.end();
    const rest = await tried(worker, {
      ...range,
      from: range.from + answer.done,
      count: range.count - answer.done,
    });
    return { counts: sum(answer.counts, rest.counts), mishaps: [...answer.mishaps, ...rest.mishaps] };
  }
  if (range.count === 1) return lost({ ...answer.observed, index: range.from });
  let all: Result = { counts: noCounts, mishaps: [] };
  for (let index = range.from; index < range.from + range.count; index += 1) {
    const one = await tried(worker, { ...range, from: index, count: 1 });
    all = { counts: sum(all.counts, one.counts), mishaps: [...all.mishaps, ...one.mishaps] };
  }
  return all;
}

function lost(mishap: Mishap): Result {
  return { counts: { ...noCounts, [mishap.outcome]: 1 }, mishaps: [mishap] };
}

/** A process may be slow or large by what came before: the first mishaps are tried again alone. */
async function confirm(
  kind: Kind,
  mishaps: readonly Mishap[],
  counts: Counts,
  { seed, workers: [worker] }: Plan,
): Promise<Result> {
  const kept: Mishap[] = [];
  let result = counts;
  for (const mishap of mishaps) {
    if (worker === undefined || kept.length >= doubted) {
      kept.push(mishap);
      continue;
    }
    await worker.end();
    const again = await tried(worker, { kind: idOf(kind), seed, from: mishap.index, count: 1 });
    result = sum({ ...result, [mishap.outcome]: result[mishap.outcome] - 1 }, again.counts);
    kept.push(...again.mishaps);
  }
  return { counts: result, mishaps: kept };
}

function sum(one: Counts, other: Counts): Counts {
  const keys = Object.keys(one) as (keyof Counts)[];
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as Counts;
}
