import { randomInt } from 'node:crypto';
import { version } from '../../api/version.js';
import { type Compared, compareModels } from '../../harness/compare/compare.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { ConfinementLevel } from '../../harness/engine/process/confinement/measures.js';
import type { Runtime } from '../../harness/engine/runtime/runtime-found.js';
import { makeWorkFolder, removeWorkFolder } from '../../harness/engine/work-folder.js';
import { ModelSession } from '../../harness/run/model-session.js';
import { endProcesses } from '../../harness/run/processes.js';
import { lazy } from '../../harness/savedmodel/lazy.js';
import {
  type Answer,
  type Comparison,
  exitCodeOfAnswer,
  type Purpose,
} from '../../harness/verdict/comparison.js';
import type { Run } from '../../harness/verdict/run.js';
import { comparisonText } from '../../reports/comparison/terminal.js';
import type { Io } from '../io.js';
import { isSafe } from '../is-safe.js';
import { prepared } from '../prepared.js';
import { refuse } from '../refusal.js';
import { missingInWords } from '../reports.js';
import { runShown } from '../run-shown.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { windowOf } from '../window.js';
import { ownImages, picturesAt } from './own-images.js';
import { type Sides, sidesOf } from './sides.js';
import { openComparisonStore } from './store.js';

export type CompareFlags = {
  /** The contract that is relied on; default: that of OLD, or what its files reveal. */
  readonly spec?: string;
  readonly for?: Purpose;
  /** A folder of images. */
  readonly images?: string;
  readonly accept?: Answer;
  readonly seed?: number;
  readonly allowUnsafe?: boolean;
  readonly confine?: boolean;
  readonly confinement?: ConfinementLevel;
  readonly tensorflow?: string;
  readonly report: string;
  readonly out: string;
};

/**
 * `assay compare`: may NEW take the place of OLD? Returns 0 for identical and drop-in, and for another function where it is
 * accepted, 1 where it may not, 2 when it could not decide.
 */
export async function compare(old: string, now: string, options: CompareFlags, io: Io): Promise<number> {
  const stop = stopOnSignals();
  let workFolder: string | undefined;
  try {
    const images = options.images === undefined ? [] : await ownImages(options.images);
    const folder = makeWorkFolder();
    workFolder = folder;
    stop.signal.addEventListener('abort', () => endProcesses(folder));
    const sides = await sidesOf(old, now, options, folder);
    const store = await openComparisonStore(options);
    const work = { options, io, signal: stop.signal, workFolder: folder, images, given: [old, now] as const };
    const { comparison, paths, missing } = await store(await compared(sides, work));
    const { color, columns = 100 } = windowOf(io);
    const accepted = comparison.answer === 'another-function' && options.accept === comparison.answer;
    io.stdout.write(comparisonText(comparison, { color, columns, accepted, reports: paths }));
    io.stderr.write(missingInWords(missing));
    const code = exitCodeOfAnswer(comparison.answer, accepted);
    return missing.length > 0 ? 2 : code;
  } catch (error) {
    return refuse(error, io);
  } finally {
    stop.end();
    if (workFolder !== undefined) {
      endProcesses(workFolder);
      removeWorkFolder(workFolder);
    }
  }
}

type Work = {
  readonly options: CompareFlags;
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly workFolder: string;
  readonly images: readonly string[];
  readonly given: readonly [old: string, now: string];
};

/** Checks both models against the contract, then gives both the same calls. */
async function compared(sides: Sides, work: Work): Promise<Comparison> {
  const { options, signal } = work;
  const [startedAt, start] = [new Date(), performance.now()];
  const seed = options.seed ?? randomInt(2 ** 31);
  const purpose = options.for ?? (sides.promised.old.fineTuning ? 'fine-tuning' : 'inference');
  const runtime = lazy(() => prepared(options.tensorflow, work.io, signal));
  const [old, now] = [
    await run('old', sides, seed, runtime, work),
    await run('new', sides, seed, runtime, work),
  ];
  const models = [
    asCompared(sides, 'old', old, runtime, work),
    asCompared(sides, 'new', now, runtime, work),
  ] as const;
  try {
    const trained = new Set(sides.old.chosen.filter(isOfTraining).map(({ id }) => id));
    const found = await compareModels(...models, {
      purpose,
      seed,
      pictures: picturesAt(withImages(models[0].contract, work.images)),
      isOfTraining: (id) => trained.has(id),
      signal,
    });
    return {
      format: 1,
      tool: { name: 'model-assay', version: version() },
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - start),
      seed,
      for: purpose,
      environment: now.environment.tensorflow === '' ? old.environment : now.environment,
      spec: sides.inferred ? '' : sides.spec,
      inferred: sides.inferred,
      old: sideOf(work.given[0], old),
      new: sideOf(work.given[1], now),
      ...found,
    };
  } finally {
    for (const { session } of models) await session.close();
  }
}

type RuntimeOnce = () => Promise<Runtime>;

async function run(
  side: 'old' | 'new',
  sides: Sides,
  seed: number,
  runtime: RuntimeOnce,
  work: Work,
): Promise<Run> {
  const plan = sides[side];
  const { io, options, signal } = work;
  io.stderr.write(`${side.toUpperCase()}, held to the contract:\n`);
  return runShown(plan, { ...options, seed }, io, { runtime, signal });
}

function asCompared(
  sides: Sides,
  side: 'old' | 'new',
  { models }: Run,
  runtime: RuntimeOnce,
  work: Work,
): Compared {
  const [spec] = sides[side].specs;
  const [model] = models;
  if (spec?.parsed.kind !== 'contract' || model === undefined) throw new Error(`${side} was not run`);
  const { tolerance: _measured, ...contract } = spec.parsed.contract;
  return {
    contract: side === 'old' ? contract : sides.promised.new,
    session: new ModelSession(withImages(contract, work.images), {
      addon: async () => (await runtime()).addon,
      workFolder: work.workFolder,
    }),
    run: model,
    safe: isSafe(model, sides[side].chosen) || (work.options.allowUnsafe ?? false),
  };
}

/** The process of a model sees the images that its contract names. */
function withImages(contract: Contract, images: readonly string[]): Contract {
  const own = images.map((image) => ({ image, expects: { kind: 'class', class: 0 } as const }));
  return { ...contract, examples: [...contract.examples, ...own] };
}

function isOfTraining({ promisedBy = [] }: Sides['old']['chosen'][number]): boolean {
  return promisedBy[0]?.startsWith('fine_tuning') ?? false;
}

function sideOf(given: string, { models: [model], verdict }: Run): Comparison['old'] {
  return { given, digest: model?.digest ?? '', verdict };
}
