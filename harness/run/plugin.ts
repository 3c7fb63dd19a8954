import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { RunOptions } from './options.js';
import type { RegisteredSpec } from './register.js';

export type SpecPluginOptions = {
  /** What a file says; undefined where it is no spec to run. */
  readonly specAt: (file: string) => Promise<RegisteredSpec | undefined>;
  /** Files that export all there are as `checks`, absolute. */
  readonly modules: readonly string[];
  readonly runOptions: (file: string) => RunOptions;
};

/** Turns specs into test modules of vitest: one test per check. What a spec says travels in the module, as JSON. */
export function specPlugin({ specAt, modules, runOptions }: SpecPluginOptions): Plugin {
  return {
    name: 'model-assay',
    enforce: 'pre',
    load: async (id) => {
      const file = id.replace(/\?.*$/s, '');
      const spec = await specAt(file);
      return spec ? moduleFor(spec, modules, runOptions(file)) : null;
    },
  };
}

const register = fileURLToPath(new URL('./register.js', import.meta.url));

/** The code of a spec's test module. */
function moduleFor(spec: RegisteredSpec, modules: readonly string[], options: RunOptions): string {
  const text = JSON.stringify;
  const checks = modules.map((_, index) => `...checks${index}`).join(', ');
  return [
    `import { registerSpec } from ${text(register)};`,
    ...modules.map((file, index) => `import { checks as checks${index} } from ${text(file)};`),
    `registerSpec(${text(spec)}, [${checks}], ${text(options)});`,
  ].join('\n');
}
