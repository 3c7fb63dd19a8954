import path from 'node:path';
import { runsInCi } from '../api/plan.js';
import type { ColorRange } from '../harness/contract/contract.js';
import type { ReadSpec } from '../harness/run/read-specs.js';
import { baseOf } from '../harness/store/find-stored-spec.js';
import { keepCases } from '../harness/store/keep-cases.js';
import { withReplay } from '../harness/store/replay-command.js';
import type { SeenOutputs } from '../harness/store/seen-outputs.js';
import type { Run } from '../harness/verdict/run.js';
import { asStored } from '../reports/json.js';
import { calledAs } from './called-as.js';
import { openReportFolder } from './report-folder.js';
import { type FileFormat, type Written, writeReports } from './reports.js';

export type StoreOptions = {
  /** Folder for the reports. */
  readonly out: string;
  /** Options of the run that its replays need, too. */
  readonly tensorflow?: string;
  readonly allowUnsafe?: boolean;
  /** Do not follow links out of the repository; default: in CI. */
  readonly confine?: boolean;
};

/** A run as its reports show it, and the result of writing these. */
export type StoredReports = Written & { readonly run: Run };

/** Writes a run of these specs, once it has ended, with everything to replay it. */
export type Store = (
  run: Run,
  specs: readonly ReadSpec[],
  outputs: Pick<SeenOutputs, 'of'>,
) => Promise<StoredReports>;

/** Opens the folder for reports before a run; nothing where no file is requested. @throws CannotWrite */
export async function openStore(files: readonly FileFormat[], options: StoreOptions): Promise<Store> {
  if (files.length === 0) return async (run) => ({ run: asStored(run), paths: [], missing: [] });
  const { out, confine = runsInCi() } = options;
  const cwd = process.cwd();
  await openReportFolder(out, files, confine);
  const base = baseOf(out, cwd);
  return async (ended, specs, outputs) => {
    const told = withCommands({ ...ended, base }, options);
    const kept = await keepCases(told, out, specs.map(colorRangeOf), (at, check) =>
      outputs.of(specs[at]?.file ?? '', check),
    );
    const run = asStored(kept.run);
    const { paths, missing } = await writeReports(run, files, out);
    return { run, paths, missing: [...kept.missing, ...missing] };
  };
}

function colorRangeOf({ parsed }: ReadSpec): ColorRange | undefined {
  return parsed.kind === 'contract' ? parsed.contract.colorRange : undefined;
}

/** The run, each finding with the command that replays it from the folder of the reports. */
export function withCommands(run: Run, { out, tensorflow, allowUnsafe }: StoreOptions): Run {
  const again = [
    ...(tensorflow === undefined ? [] : ['--tensorflow', tensorflow]),
    ...(allowUnsafe ? ['--allow-unsafe'] : []),
  ];
  return withReplay(run, path.join(out, 'run.json'), again, calledAs(process.env));
}
