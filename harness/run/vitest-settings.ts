import type { CliOptions } from 'vitest/node';
import { packageFolder } from '../verdict/package-files.js';

/** How vitest runs specs: one worker per process, nothing of the user's own configuration, no deadlines but ours. */
export function vitestSettings(
  specs: readonly string[],
  modules: readonly string[],
  processes: number,
): CliOptions {
  return {
    root: packageFolder,
    config: false,
    include: specs.map(asGlob),
    watch: false,
    pool: 'threads',
    isolate: false,
    maxWorkers: processes,
    testTimeout: 0,
    hookTimeout: 0,
    dangerouslyIgnoreUnhandledErrors: true,
    passWithNoTests: true,
    // What Node itself imports is the same here and in the workers.
    server: { deps: { external: [/\/dist\//, ...modules.map(asPattern)] } },
  };
}

/** A path as a glob that matches it only. tinyglobby's `escapePath` leaves backslashes in names as they are. */
function asGlob(file: string): string {
  return file.replaceAll(/[\\()[\]{}!*?@+|]/g, '\\$&');
}

function asPattern(file: string): RegExp {
  return new RegExp(`^${file.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
}
