import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { RunOptions } from './options.js';
import type { RegisteredSpec } from './register.js';

/** What the test module of a spec is made of. */
export type SpecModule = {
  readonly spec: RegisteredSpec;
  /** Files that export all checks as `checks`, absolute. */
  readonly modules: readonly string[];
  readonly options: RunOptions;
};

/**
 * Turns specs into test modules of vitest: one test per check. The module contains the spec as JSON.
 * `specModule`: what is made of a file; undefined where it is no spec to run.
 */
export function specPlugin(specModule: (file: string) => Promise<SpecModule | undefined>): Plugin {
  return {
    name: 'model-assay',
    enforce: 'pre',
    load: async (id) => {
      const module = await specModule(id.replace(/\?.*$/s, ''));
      return module ? codeOf(module) : null;
    },
  };
}

const register = fileURLToPath(new URL('./register.js', import.meta.url));

function codeOf({ spec, modules, options }: SpecModule): string {
  const text = JSON.stringify;
  const checks = modules.map((_, index) => `...checks${index}`).join(', ');
  return [
    `import { registerSpec } from ${text(register)};`,
    ...modules.map((file, index) => `import { checks as checks${index} } from ${text(file)};`),
    `registerSpec(${text(spec)}, [${checks}], ${text(options)});`,
  ].join('\n');
}
