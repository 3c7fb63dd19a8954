import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, type CommandOutcome, lastWords, run } from './command.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';
import { watchDownload } from './watch-download.js';
import { wheelTags } from './wheel-tags.js';

/** A wheel to request from pip, whatever the machine's own Python is. */
export type WheelRequest = {
  readonly package: string;
  readonly version: string;
  /** The CPython that the wheel was made for: `3.11`. */
  readonly python: string;
};

/** Commands that may be Python, the most likely first. */
export const pythons = ['python3', 'python'] as const;

/** The first Python with pip. @throws SourceUnavailable when there is none */
export async function findPip(platform: Platform, signal?: AbortSignal): Promise<string> {
  let found = false;
  for (const python of pythons) {
    const outcome = await run(python, ['-m', 'pip', '--version'], { signal, timeoutMs: 30_000 });
    if (outcome.status === 'finished' && outcome.code === 0) return python;
    found ||= outcome.status !== 'missing';
  }
  const what = found ? 'Python has no pip' : 'Python was not found';
  throw new SourceUnavailable(`${what}; pip is needed to download the wheel.`, platform.installPython);
}

/** Downloads the wheel into a folder and returns its path. */
export async function downloadWheel(
  python: string,
  wanted: WheelRequest,
  platform: Platform,
  folder: string,
  work: StepContext,
): Promise<string> {
  const wheels = join(folder, 'wheels');
  const scratch = join(folder, 'scratch');
  await Promise.all([mkdir(wheels, { recursive: true }), mkdir(scratch, { recursive: true })]);
  const watch = watchDownload(folder, `Downloading ${wanted.package} ${wanted.version}`, work);
  try {
    const args = ['download', '--progress-bar', 'off', '--dest', wheels, ...selection(wanted, platform)];
    const env = { ...process.env, TMPDIR: scratch };
    const outcome = await pip(python, args, { signal: watch.signal, env, onOutput: watch.hear });
    const wheel = (await readdir(wheels)).find((name) => name.endsWith('.whl'));
    if (outcome.status === 'finished' && outcome.code === 0 && wheel !== undefined)
      return join(wheels, wheel);
    throw pipError(outcome, wanted, platform);
  } finally {
    watch.end();
  }
}

/** The index has no such wheel for this platform; another Python version or package may have one. */
export class NoSuchWheel extends SourceUnavailable {}

const pip = (python: string, args: readonly string[], options: CommandOptions): Promise<CommandOutcome> => {
  const env = { ...(options.env ?? process.env), PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' };
  return run(python, ['-m', 'pip', ...args], { ...options, env });
};

/** Selects a wheel by its tags, so that a Python that TensorFlow does not support yet can still download one. */
function selection(wanted: WheelRequest, platform: Platform): string[] {
  const abi = `cp${wanted.python.replace('.', '')}`;
  const tags = wheelTags(platform).flatMap((tag) => ['--platform', tag]);
  const python = ['--implementation', 'cp', '--python-version', wanted.python, '--abi', abi];
  return ['--no-deps', '--only-binary=:all:', ...python, ...tags, `${wanted.package}==${wanted.version}`];
}

function pipError(outcome: CommandOutcome, wanted: WheelRequest, platform: Platform): SourceUnavailable {
  const command = `python3 -m pip download --no-deps ${wanted.package}==${wanted.version}`;
  const what = `${wanted.package} ${wanted.version}`;
  if (outcome.status === 'missing')
    return new SourceUnavailable('Python was not found.', platform.installPython);
  if (outcome.status === 'killed')
    return new SourceUnavailable(`pip was ended by ${outcome.by} while fetching ${what}.`, command);
  const said = `${outcome.out}\n${outcome.err}`;
  if (/No space left|Errno 28/.test(said))
    return new SourceUnavailable(
      `The disk filled up while pip downloaded ${what}.`,
      'Free 2 GB, or set ASSAY_CACHE to another disk.',
    );
  if (/Retrying|ConnectionError|SSLError|ProxyError|Timeout/.test(said))
    return new SourceUnavailable(
      `pip could not reach its index for ${what}: ${connectionError(said)}.`,
      'python3 -m pip config list',
    );
  if (/No matching distribution/.test(said)) return noSuchWheel(said, wanted, platform);
  return new SourceUnavailable(`pip could not fetch ${what}: ${lastWords(outcome)}`, command);
}

function connectionError(said: string): string {
  const words = /(?:: |')([^:']*(?:refused|timed out|resol|unreachable|certificate|proxy)[^:']*)/i.exec(
    said,
  )?.[1];
  return words?.trim() ?? 'see its output';
}

function noSuchWheel(said: string, wanted: WheelRequest, platform: Platform): NoSuchWheel {
  const versions = /\(from versions: ([^)]*)\)/.exec(said)?.[1] ?? 'none';
  const releases = versions.split(', ').filter((version) => !/(rc|dev|a|b)\d/.test(version));
  const some =
    releases.length === 0 || versions === 'none' ? 'no version at all' : releases.slice(-12).join(', ');
  return new NoSuchWheel(
    `There is no wheel of ${wanted.package} ${wanted.version} for ${platform.name}; the index has ${some}.`,
    `assay setup --tensorflow ${releases.at(-1) || 'VERSION'}`,
  );
}
