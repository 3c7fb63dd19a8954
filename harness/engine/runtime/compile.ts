import { createRequire } from 'node:module';
import { join } from 'node:path';
import { lastWords, type Outcome, run } from './command.js';
import type { Platform } from './platform.js';
import type { Work } from './progress.js';
import { Setback } from './setback.js';

export type Compilation = {
  /** Folder that holds `binding/`. */
  readonly sources: string;
  /** Folder that holds `tensorflow/c/c_api.h`. */
  readonly include: string;
  /** Absolute paths of the libraries to link with. */
  readonly libraries: readonly string[];
  /** Where the addon looks for them when it is loaded. */
  readonly rpath: string;
  /** The addon to write. */
  readonly output: string;
};

const require = createRequire(import.meta.url);
const units = ['tfjs_backend', 'tfjs_binding'] as const;

/** Compiles the addon: both files at once, then links. A Setback tells what the compiler lacked. */
export async function compile(compilation: Compilation, platform: Platform, work: Work): Promise<void> {
  const compiler = process.env.CXX || platform.compiler;
  work.onProgress({ step: 'compile', label: `Compiling the addon with ${compiler}` });
  const call = async (args: readonly string[]) =>
    demandSuccess(
      await run(compiler, args, { cwd: compilation.sources, signal: work.signal }),
      compiler,
      platform,
    );
  const { include_dir: nodeHeaders } = require('node-api-headers') as { include_dir: string };
  const includes = [nodeHeaders, compilation.include, compilation.sources].flatMap((folder) => [
    '-I',
    folder,
  ]);
  const flags = ['-O1', '-std=c++17', '-fPIC', '-w', '-DNAPI_VERSION=8', ...includes];
  const objects = units.map((unit) => join(compilation.sources, `${unit}.o`));
  await Promise.all(
    units.map((unit, at) => call([...flags, '-c', `binding/${unit}.cc`, '-o', objects[at] ?? ''])),
  );
  const search = ['-Xlinker', '-rpath', '-Xlinker', compilation.rpath];
  const shared = platform.name.startsWith('darwin')
    ? ['-bundle', '-undefined', 'dynamic_lookup']
    : ['-shared'];
  await call([...shared, ...objects, ...compilation.libraries, ...search, '-o', compilation.output]);
}

function demandSuccess(outcome: Outcome, compiler: string, platform: Platform): void {
  if (outcome.status === 'finished' && outcome.code === 0) return;
  if (outcome.status === 'missing')
    throw new Setback(
      `The addon needs a C++ compiler, and ${compiler} was not found.`,
      platform.installCompiler,
    );
  const why = outcome.status === 'killed' ? `it was ended by ${outcome.by}` : lastWords(outcome, 8);
  throw new Setback(`${compiler} could not compile the addon: ${why}`, `${compiler} --version`);
}
