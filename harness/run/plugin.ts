import path from 'node:path';
import { moduleFile } from '../verdict/package-files.js';
import type { RunOptions } from './options.js';
import type { RegisteredSpec } from './register.js';

/** What the test module of a spec is made of. */
export type SpecModule = {
  readonly spec: RegisteredSpec;
  /** Files that export all checks as `checks`, absolute. */
  readonly modules: readonly string[];
  readonly options: RunOptions;
};

/** A plugin of vite, of whichever version runs it; so it names no type of one. */
export type SpecPlugin = {
  readonly name: string;
  readonly enforce: 'pre';
  readonly configResolved: (config: { readonly root: string }) => void;
  readonly resolveId: (id: string) => string | null;
  readonly load: (id: string) => Promise<string | null>;
};

/**
 * Turns specs into test modules of vitest: one test per check. The module contains the spec as JSON.
 * `isSpec`: whether a file, absolute, is one to run; `specModule`: what is made of it. `root`: vitest's.
 */
export function specPlugin(
  isSpec: (file: string) => boolean,
  specModule: (file: string, root: string) => Promise<SpecModule | undefined>,
): SpecPlugin {
  let root = '';
  return {
    name: 'model-assay',
    enforce: 'pre',
    configResolved: (config) => {
      root = config.root;
    },
    // Otherwise vite takes a link for the file that it leads to, which is the spec of another model.
    resolveId: (id) => placesOf(id, root).find(isSpec) ?? null,
    load: async (id) => {
      const file = fileIn(id);
      const module = isSpec(file) ? await specModule(file, root) : undefined;
      return module ? codeOf(module) : null;
    },
  };
}

/** A file in the root may be named from there: it is that one before any of that path on the machine. */
function placesOf(id: string, root: string): readonly string[] {
  const file = fileIn(id);
  if (!path.isAbsolute(file)) return [];
  const isWhole = id.startsWith('/@fs/') || file.startsWith(root + path.sep);
  return isWhole ? [file] : [path.join(root, file), file];
}

function fileIn(id: string): string {
  return id.replace(/\?.*$/s, '').replace(/^\/@fs(?=\/)/, '');
}

const register = moduleFile('harness/run/register.js');

function codeOf({ spec, modules, options }: SpecModule): string {
  const text = JSON.stringify;
  const checks = modules.map((_, index) => `...checks${index}`).join(', ');
  return [
    "import { afterAll, describe, test } from 'vitest';",
    `import { registerSpec } from ${text(register)};`,
    ...modules.map((file, index) => `import { checks as checks${index} } from ${text(file)};`),
    `registerSpec({ afterAll, describe, test }, ${text(spec)}, [${checks}], ${text(options)});`,
  ].join('\n');
}
