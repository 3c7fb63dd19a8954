import { makePlan } from '../../api/plan.js';
import { execute } from '../../api/run.js';
import { isSafe } from '../../cli/is-safe.js';
import { type Compared, compareModels } from '../../harness/compare/compare.js';
import { ensureRuntime } from '../../harness/engine/runtime/runtime.js';
import { passingWorkFolder } from '../../harness/engine/work-folder.js';
import { ModelSession } from '../../harness/run/model-session.js';
import { checks } from '../../suites/all.js';
import { inProject } from '../project.js';
import { contractAt } from '../running.js';

/** A conforming model compared with itself, at one seed after the other. Checks are run at the first one only. */
export async function* withItself(spec: string, seeds: readonly number[]) {
  const held = await heldTo(spec, undefined, seeds[0] ?? 1);
  const pair = opened(held, held);
  try {
    for (const seed of seeds) yield { seed, ...(await comparedAt(pair, seed)) };
  } finally {
    await closed(pair);
  }
}

/** A sound model compared with a broken one that is offered in its place, both held to the spec of the broken one; `keeps`: checks that it passes. */
export async function withTwin(sound: string, twinSpec: string, seed: number) {
  const { model } = await contractAt(sound);
  if (model.kind !== 'folder') throw new Error(`${sound}: the model must be a folder.`);
  const old = await heldTo(twinSpec, model.path, seed);
  const pair = opened(old, await heldTo(twinSpec, undefined, seed));
  const found = await comparedAt(pair, seed).finally(() => closed(pair));
  return { ...found, keeps: old.run.checks.filter(({ status }) => status === 'pass').map(({ id }) => id) };
}

/** A model that a spec is about, and what all checks say of it. */
type Held = Pick<Compared, 'contract' | 'run' | 'safe'>;

async function heldTo(spec: string, model: string | undefined, seed: number): Promise<Held> {
  const plan = await makePlan({ specs: [spec], ...(model === undefined ? {} : { model }) }, inProject());
  const { models } = await execute(
    plan,
    { seed },
    { runtime: ensureRuntime, onProgress: () => undefined, signal },
  );
  const [parsed, run] = [plan.specs[0]?.parsed, models[0]];
  if (parsed?.kind !== 'contract' || run === undefined) throw new Error(`${spec} cannot be run.`);
  const { tolerance: _measured, ...contract } = parsed.contract;
  return { contract, run, safe: isSafe(run, checks) };
}

const { signal } = new AbortController();
const trained = new Set(
  checks.filter(({ promisedBy = [] }) => promisedBy[0]?.startsWith('fine_tuning')).map(({ id }) => id),
);

type Pair = readonly [Compared, Compared];

function opened(old: Held, now: Held): Pair {
  const workFolder = passingWorkFolder();
  const addon = async () => (await ensureRuntime()).addon;
  const side = (held: Held): Compared => ({
    ...held,
    session: new ModelSession(held.contract, { addon, workFolder }),
  });
  return [side(old), side(now)];
}

async function closed(pair: Pair): Promise<void> {
  for (const { session } of pair) await session.close();
}

async function comparedAt([old, now]: Pair, seed: number) {
  return compareModels(old, now, {
    purpose: old.contract.fineTuning ? 'fine-tuning' : 'inference',
    seed,
    pictures: async () => [],
    isOfTraining: (id) => trained.has(id),
    signal,
  });
}
