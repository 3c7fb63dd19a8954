import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { createVitest, type Vitest } from 'vitest/node';
import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { Collector } from './collector.js';
import { specPlugin } from './plugin.js';
import { endProcesses } from './processes.js';
import type { Progress } from './progress.js';

export type RunSpecsOptions = {
  readonly checks: readonly Check[];
  /** Those of them to run on one spec; left out: all. */
  readonly checksFor?: (spec: string) => readonly Check[];
  /** Files that export all there are as `checks`: what the workers import. */
  readonly modules: readonly string[];
  readonly seed: number;
  readonly strict: boolean;
  readonly allowUnsafe: boolean;
  /** When the run started, for waivers that expire. */
  readonly startedAt: Date;
  readonly addon: string;
  readonly onProgress: (progress: Progress) => void;
  /** Ends the run early; what was decided so far is kept. */
  readonly signal: AbortSignal;
};

const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs specs as test modules of vitest. The folder of lowered models and every engine process are gone afterwards. */
export async function runSpecs(contracts: readonly Contract[], options: RunSpecsOptions): Promise<Collector> {
  const workFolder = await mkdtemp(path.join(tmpdir(), 'assay-'));
  const collector = new Collector(options.onProgress);
  const plugin = pluginFor(contracts, workFolder, options);
  const clearUp = () => {
    endProcesses(workFolder);
    rmSync(workFolder, { recursive: true, force: true, maxRetries: 3 });
  };
  // For a second Ctrl-C, which ends this process where it stands: what a worker writes at that moment may stay.
  process.once('exit', clearUp);
  try {
    const settingsHere = {
      ...settings,
      include: contracts.map(({ specPath }) => escapeGlob(specPath)),
      reporters: [collector],
    };
    const vitest = await leavingSignals(() =>
      createVitest('test', settingsHere, { plugins: [plugin], logLevel: 'silent' }),
    );
    await started(vitest, workFolder, options.signal);
  } finally {
    process.off('exit', clearUp);
    clearUp();
  }
  return collector;
}

function pluginFor(contracts: readonly Contract[], workFolder: string, options: RunSpecsOptions): Plugin {
  const { modules, seed, strict, allowUnsafe, addon, startedAt } = options;
  const today = startedAt.toISOString().slice(0, 10);
  const specs = new Map(contracts.map((contract) => [contract.specPath, contract]));
  return specPlugin({
    specAt: async (file) => {
      const contract = specs.get(file);
      return contract && { kind: 'contract', contract };
    },
    modules,
    runOptions: (spec) => {
      const chosen = checksOf(spec, options).map(({ id }) => id);
      return { seed, strict, allowUnsafe, today, chosen, addon, workFolder };
    },
  });
}

/** Runs to the end, or until the signal. */
async function started(vitest: Vitest, workFolder: string, signal: AbortSignal): Promise<void> {
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

/** Vitest ends the process at Ctrl-C; its listeners are taken off again, since we still have reports to write. */
async function leavingSignals<T>(create: () => Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const ours = signals.map((signal) => process.listeners(signal));
  const created = await create();
  signals.forEach((signal, index) => {
    for (const listener of process.listeners(signal)) {
      if (!ours[index]?.includes(listener)) process.off(signal, listener);
    }
  });
  return created;
}

const settings = {
  root: packageFolder,
  config: false as const,
  watch: false,
  pool: 'threads' as const,
  isolate: false,
  maxWorkers: availableParallelism(),
  testTimeout: 0,
  hookTimeout: 0,
  dangerouslyIgnoreUnhandledErrors: true,
  passWithNoTests: true,
  server: { deps: { external: [/\/dist\//] } },
};

/** A path as a glob that matches it only. */
function escapeGlob(file: string): string {
  return file.replaceAll(/[\\()[\]{}!*?@+|]/g, '\\$&');
}
