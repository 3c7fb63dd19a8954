import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { RunOptions } from './options.js';

export type PluginOptions = Partial<Omit<RunOptions, 'chosen'>> & {
  /** Module that exports `checks`. */
  readonly checksModule?: string;
  /** Which files are specs. */
  readonly include?: (file: string) => boolean;
  /** Ids of the checks to run on a spec; left out: all. */
  readonly chosenFor?: (file: string) => readonly string[];
};

const register = fileURLToPath(new URL('./register.js', import.meta.url));
const bundledChecks = fileURLToPath(new URL('../../suites/all.js', import.meta.url));

/**
 * Turns specs into test modules: one test per check. For `vitest.config`:
 * `{ plugins: [assay()], test: { include: ['specs/*.yaml'] } }`.
 */
export function assay(options: PluginOptions = {}): Plugin {
  const { checksModule = bundledChecks, include = isYaml, chosenFor, ...given } = options;
  const run: RunOptions = {
    seed: given.seed ?? randomInt(2 ** 31),
    strict: given.strict ?? false,
    allowUnsafe: given.allowUnsafe ?? false,
    today: given.today ?? new Date().toISOString().slice(0, 10),
    workFolder: given.workFolder ?? passingFolder(),
    ...(given.addon === undefined ? {} : { addon: given.addon }),
  };
  return {
    name: 'model-assay',
    enforce: 'pre',
    load: (id) => {
      const file = fileOf(id);
      if (!include(file)) return null;
      return moduleFor(file, checksModule, chosenFor ? { ...run, chosen: chosenFor(file) } : run);
    },
  };
}

/** A folder that is gone when vitest ends. */
function passingFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

function fileOf(id: string): string {
  return id.replace(/\?.*$/s, '');
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** The code of a spec's test module. */
function moduleFor(specFile: string, checksModule: string, options: RunOptions): string {
  const text = JSON.stringify;
  return [
    `import { registerSpec } from ${text(register)};`,
    `import { checks } from ${text(checksModule)};`,
    `await registerSpec(${text(specFile)}, checks, ${text(options)});`,
  ].join('\n');
}
