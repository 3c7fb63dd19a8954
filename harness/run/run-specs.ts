import { createVitest, type Vitest } from 'vitest/node';
import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { makeWorkFolder, removeWorkFolder } from '../engine/work-folder.js';
import type { CheckModule } from './check-module.js';
import { Collector } from './collector.js';
import { leavingSignals, lendProcess } from './lent-process.js';
import type { RunOptions } from './options.js';
import { specPlugin } from './plugin.js';
import { endProcesses } from './processes.js';
import type { Progress } from './progress.js';
import { vitestSettings } from './vitest-settings.js';

export type RunSpecsOptions = {
  readonly checks: readonly Check[];
  /** Those of them to run on one spec; default: all. */
  readonly checksFor?: (spec: string) => readonly Check[];
  /** All checks, module by module. */
  readonly modules: readonly CheckModule[];
  readonly seed: number;
  readonly strict: boolean;
  readonly allowUnsafe: boolean;
  /** When the run started, for waivers that expire. */
  readonly startedAt: Date;
  readonly addon: string;
  /** Processes of models at once. */
  readonly processes: number;
  readonly onProgress: (progress: Progress) => void;
  /** Ends the run early; results so far are kept. */
  readonly signal: AbortSignal;
};

/** Runs specs as test modules of vitest. The folder of lowered models and every engine process are gone afterwards. */
export async function runSpecs(contracts: readonly Contract[], options: RunSpecsOptions): Promise<Collector> {
  const workFolder = makeWorkFolder();
  const collector = new Collector(options.onProgress);
  const clearUp = () => {
    endProcesses(workFolder);
    removeWorkFolder(workFolder);
  };
  // For a second Ctrl-C, which ends this process at once: files that a worker is writing at that moment may remain.
  process.once('exit', clearUp);
  try {
    const running = { ...options, collector, workFolder };
    await lendProcess(async () => started(await vitestFor(contracts, running), running));
  } finally {
    process.off('exit', clearUp);
    clearUp();
  }
  return collector;
}

type Running = RunSpecsOptions & { readonly collector: Collector; readonly workFolder: string };

function vitestFor(contracts: readonly Contract[], running: Running): Promise<Vitest> {
  const specs = contracts.map(({ specPath }) => specPath);
  const modules = running.modules.map(({ file }) => file);
  const settings = { ...vitestSettings(specs, modules, running.processes), reporters: [running.collector] };
  const contractOf = (file: string) => contracts.find(({ specPath }) => specPath === file);
  const isSpec = (file: string) => contractOf(file) !== undefined;
  const plugin = specPlugin(isSpec, async (file) => {
    const contract = contractOf(file);
    const share = { models: contracts.length, processes: running.processes };
    const options = { ...runOptions(file, running), share };
    return contract && { spec: { kind: 'contract', contract }, modules, options };
  });
  // Its cache would be in this package, which may be read-only, and is no place for what a run leaves behind.
  const vite = { plugins: [plugin], logLevel: 'silent' as const, cacheDir: running.workFolder };
  return leavingSignals(() => createVitest('test', settings, vite));
}

function runOptions(spec: string, running: Running): RunOptions {
  const { seed, strict, allowUnsafe, addon, workFolder } = running;
  const today = running.startedAt.toISOString().slice(0, 10);
  const chosen = checksOf(spec, running).map(({ id }) => id);
  return { seed, strict, allowUnsafe, today, chosen, addon, workFolder };
}

/** Runs to the end, or until the signal. */
async function started(vitest: Vitest, { workFolder, signal }: Running): Promise<void> {
  const stop = () => {
    void vitest.cancelCurrentRun('keyboard-input');
    endProcesses(workFolder);
  };
  signal.addEventListener('abort', stop);
  try {
    if (!signal.aborted) await vitest.start();
  } finally {
    signal.removeEventListener('abort', stop);
    await vitest.close();
  }
}

/** The checks that run on a spec. */
export function checksOf(
  spec: string,
  { checks, checksFor }: Pick<RunSpecsOptions, 'checks' | 'checksFor'>,
): readonly Check[] {
  return checksFor?.(spec) ?? checks;
}
