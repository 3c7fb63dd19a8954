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
  readonly load: (id: string) => Promise<string | null>;
};

/**
 * Turns specs into test modules of vitest: one test per check. The module contains the spec as JSON.
 * `specModule`: what is made of a file; undefined where it is no spec to run.
 */
export function specPlugin(specModule: (file: string) => Promise<SpecModule | undefined>): SpecPlugin {
  return {
    name: 'model-assay',
    enforce: 'pre',
    load: async (id) => {
      const module = await specModule(id.replace(/\?.*$/s, ''));
      return module ? codeOf(module) : null;
    },
  };
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
