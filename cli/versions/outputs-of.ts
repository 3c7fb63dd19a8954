import { compareOutputs, type OnRuntime } from '../../harness/compare/outputs.js';
import { ModelSession } from '../../harness/run/model-session.js';
import type { ReadSpec } from '../../harness/run/read-specs.js';
import type { ModelRun } from '../../harness/verdict/run.js';
import type { OutputsCompared } from '../../harness/verdict/versions.js';
import { isSafe } from '../is-safe.js';
import type { RanOn, VersionsWork } from './run-on.js';

/** The outputs of a model on each two neighbours of the versions that it was called on. */
export async function outputsOf(
  { file, parsed }: ReadSpec,
  ran: readonly RanOn[],
  { plan, options, io, signal, workFolder }: VersionsWork,
): Promise<readonly OutputsCompared[]> {
  if (parsed.kind === 'problems' || signal.aborted) return [];
  const { tolerance: _measured, ...contract } = parsed.contract;
  const isCalled = (model: ModelRun | undefined): model is ModelRun =>
    model !== undefined && wasCalled(model) && (options.allowUnsafe || isSafe(model, plan.chosen));
  const sides = ran.flatMap((one): OnRuntime[] => {
    const model = modelIn(one, file);
    if (!isCalled(model)) return [];
    const addon = async () => (await one.runtime()).addon;
    const session = new ModelSession(contract, { addon, workFolder });
    return [{ version: one.version, contract, session, digest: model.digest }];
  });
  const compared: OutputsCompared[] = [];
  try {
    for (const [at, now] of sides.entries()) {
      const old = sides[at - 1];
      if (old === undefined || signal.aborted) continue;
      io.stderr.write(`Outputs of ${contract.name} on ${old.version} and ${now.version}\n`);
      compared.push(await compareOutputs(old, now, { seed: options.seed, pictures: async () => [], signal }));
    }
  } finally {
    for (const { session } of sides) await session.close();
  }
  return compared;
}

/** What a run says of the model of a spec; undefined where that was not run. */
export function modelIn({ specs, run }: RanOn, spec: string): ModelRun | undefined {
  return run?.models[specs.findIndex(({ file }) => file === spec)];
}

/** A version that refuses to load a model cannot be asked for outputs; the run says so. */
function wasCalled({ checks }: ModelRun): boolean {
  return checks.some(({ calls }) => calls > 0);
}
