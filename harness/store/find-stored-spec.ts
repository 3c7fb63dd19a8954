import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Finding, Run } from '../verdict/run.js';

/** The folder that a run was made in, as run.json stores it: a path relative to the folder of the reports. */
export function baseOf(reportFolder: string, cwd: string): string {
  return path.relative(realpathSync(reportFolder), realpathSync(cwd)) || '.';
}

/**
 * The path of a stored run's spec, from the folder that the run was made in, else from here. Absolute; undefined when
 * it is in neither place.
 */
export function findStoredSpec(
  runFile: string,
  { base, spec }: { readonly base: string | undefined; readonly spec: string },
  cwd: string,
): string | undefined {
  return [folderOfRun(runFile, base), cwd]
    .map((folder) => path.resolve(folder, spec))
    .find((file) => existsSync(file));
}

/** The folder that a stored run was made in, absolute, by the way to it that the run keeps. */
export function folderOfRun(runFile: string, base = '.'): string {
  return path.resolve(realpathSync(path.dirname(runFile)), base);
}

/** A run for another folder than the one it is in: its paths still name the same files. */
export function movedTo(folder: string, from: string, run: Run): Run {
  const relocated = (file: string) => path.relative(path.resolve(folder), path.resolve(from, file)) || '.';
  const models = run.models.map((model) => ({
    ...model,
    checks: model.checks.map((check) =>
      check.finding ? { ...check, finding: { ...check.finding, ...filesOf(check.finding) } } : check,
    ),
  }));
  return { ...run, ...(run.base === undefined ? {} : { base: relocated(run.base) }), models };

  function filesOf({ pixels, outputs }: Finding): Pick<Finding, 'pixels' | 'outputs'> {
    return {
      ...(pixels === undefined ? {} : { pixels: relocated(pixels) }),
      ...(outputs === undefined ? {} : { outputs: [relocated(outputs[0]), relocated(outputs[1])] }),
    };
  }
}
