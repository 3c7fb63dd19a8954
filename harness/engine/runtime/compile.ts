import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { packageFile } from '../../verdict/package-files.js';
import { type CommandOutcome, lastWords, run } from './command.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';

const require = createRequire(import.meta.url);

/** In `binding/` of tfjs-node's sources. The backend makes its sessions with options of ours. */
const units = [
  { name: 'tfjs_backend', flags: ['-DTF_NewSessionOptions=assay_session_options'] },
  { name: 'tfjs_binding', flags: [] },
] as const;

const ownUnit = packageFile('harness/engine/native/session_options.cc');

/**
 * Compiles the addon's C++ files at once, tfjs-node's two and ours, and returns the object files.
 * `sources` holds `binding/`, `include` holds `tensorflow/c/c_api.h`.
 */
export async function compileObjects(
  sources: string,
  include: string,
  platform: Platform,
  work: StepContext,
): Promise<string[]> {
  work.onProgress({ step: 'compile', label: 'Compiling the addon' });
  const { include_dir: nodeHeaders } = require('node-api-headers') as { include_dir: string };
  const includes = [nodeHeaders, include, sources].flatMap((folder) => ['-I', folder]);
  const flags = ['-O1', '-std=c++17', '-fPIC', '-w', '-DNAPI_VERSION=8', ...includes];
  const compileOne = async (source: string, also: readonly string[]) => {
    const object = join(sources, `${basename(source, '.cc')}.o`);
    await callCompiler([...flags, ...also, '-c', source], object, platform, work);
    return object;
  };
  const outcomes = await Promise.allSettled([
    ...units.map((unit) => compileOne(join(sources, 'binding', `${unit.name}.cc`), unit.flags)),
    compileOne(ownUnit, []),
  ]);
  // Only once neither compiler writes into the folder any more, which whoever made it removes.
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

export type Linking = {
  readonly objects: readonly string[];
  /** Absolute paths of the libraries. */
  readonly libraries: readonly string[];
  /** Where the addon looks for the libraries when it is loaded. */
  readonly rpath: string;
  /** The addon to write. */
  readonly output: string;
};

export async function linkAddon(linking: Linking, platform: Platform, work: StepContext): Promise<void> {
  const inputs = [...linking.objects, ...linking.libraries];
  const { link, search } = linkingFlags(platform, linking.rpath);
  await callCompiler([...link, ...inputs, ...search], linking.output, platform, work);
}

/** What makes the output an addon that looks for its libraries in `rpath`. */
export function linkingFlags(platform: Platform, rpath: string) {
  const link = platform.name.startsWith('darwin') ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  return { link, search: ['-Xlinker', '-rpath', '-Xlinker', rpath] };
}

/** Checks for a compiler before anything large is downloaded. */
export async function demandCompiler(platform: Platform, work: StepContext): Promise<void> {
  const compiler = compilerOf(platform);
  const outcome = await run(compiler, ['--version'], { signal: work.signal, timeoutMs: 30_000 });
  if (outcome.status === 'missing') throw noCompiler(compiler, platform);
}

const compilerOf = (platform: Platform): string => process.env.CXX || platform.compiler;

function noCompiler(compiler: string, platform: Platform): SourceUnavailable {
  return new SourceUnavailable(
    `The addon needs a C++ compiler, but ${compiler} was not found.`,
    platform.installCompiler,
  );
}

/** Runs the compiler. @throws SourceUnavailable with its message */
export async function callCompiler(
  args: readonly string[],
  output: string,
  platform: Platform,
  work: StepContext,
): Promise<void> {
  const compiler = compilerOf(platform);
  // The compiler's temporary files go into a folder that is removed even when it is killed.
  const env = { ...process.env, TMPDIR: dirname(output) };
  const outcome = await run(compiler, [...args, '-o', output], { env, signal: work.signal });
  if (outcome.status === 'finished' && outcome.code === 0) return;
  if (outcome.status === 'missing') throw noCompiler(compiler, platform);
  throw new SourceUnavailable(
    `${compiler} could not build the addon: ${complaint(outcome)}.`,
    `${compiler} --version`,
  );
}

function complaint(outcome: Exclude<CommandOutcome, { status: 'missing' }>): string {
  if (outcome.status === 'killed') return `it was ended by ${outcome.by}`;
  const error = outcome.err.split('\n').find((line) => /error/i.test(line));
  return error?.trim() ?? lastWords(outcome);
}
