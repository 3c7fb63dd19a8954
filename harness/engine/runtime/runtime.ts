import { UserError } from '../../verdict/user-error.js';
import { installedRuntime } from './installed.js';
import { existingFolder, findInFolder } from './named-folder.js';
import { NeedsMissing, type Tool } from './needs.js';
import { defaultTensorflow } from './pins.js';
import { thisPlatform } from './platform.js';
import { findPrepared } from './prepared.js';
import type { PreparationStep } from './progress.js';
import type { Runtime } from './runtime-found.js';
import { SourceUnavailable } from './source-unavailable.js';
import type { RuntimeRequest } from './sources.js';
import { toolLines } from './tool-lines.js';
import { isVersion, sameRelease } from './version.js';

export type RuntimeOptions = {
  /** Exactly this TensorFlow, such as `2.15.1`; default: the one that the user has set up, or the default version. */
  readonly version?: string | undefined;
  /** Only this folder. Default when no version is given: `ASSAY_TENSORFLOW_FOLDER`. */
  readonly folder?: string | undefined;
  /** Where to look for an installed tfjs-node; the working directory when left out. */
  readonly cwd?: string | undefined;
  /** Prepare again, even if it is prepared already. */
  readonly force?: boolean | undefined;
  readonly onProgress?: ((progress: PreparationStep) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * The runtime that the options select, prepared now if needed, which takes half a minute and up to 300 MB of download.
 * Throws RuntimeUnavailable when no source has one, and the reason that `signal` was aborted with.
 */
export async function ensureRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const request = await definite(options).catch(refuse('TensorFlow'));
  const found = request.force ? undefined : await find(request, options.signal);
  if (found !== undefined) return found;
  const work = { onProgress: options.onProgress ?? (() => {}), signal: options.signal };
  // Imported late: the modules that prepare a runtime take 0.1 s to load, and hardly any run needs them.
  const { sourcesFor } = await import('./sources.js');
  const failed: FailedSource[] = [];
  for (const source of sourcesFor(request)) {
    try {
      return await source.prepare(request, work);
    } catch (error) {
      if (!(error instanceof SourceUnavailable)) throw error;
      const needs = error instanceof NeedsMissing ? { needs: error.needs } : {};
      failed.push({ source: source.name, why: error.message, remedy: error.remedy, ...needs });
    }
  }
  throw new RuntimeUnavailable(`TensorFlow ${request.version ?? defaultTensorflow}`, failed);
}

/** The runtime that the options select, if it is there already. Downloads nothing; takes a few milliseconds. */
export async function findRuntime(options: RuntimeOptions = {}): Promise<Runtime | undefined> {
  try {
    return await find(await definite(options), options.signal);
  } catch (error) {
    if (error instanceof SourceUnavailable) return undefined;
    throw error;
  }
}

/** A source of a runtime that failed, why, and how to fix it; `remedy` is empty when nothing needs fixing. */
export type FailedSource = {
  readonly source: string;
  readonly why: string;
  readonly remedy: string;
  /** What it needs, if not all of that is there. */
  readonly needs?: readonly Tool[];
};

/** No TensorFlow is available. The message lists each source with its reason; `remedy` the fixes, a line each. */
export class RuntimeUnavailable extends UserError {
  readonly sources: readonly FailedSource[];

  constructor(wanted: string, sources: readonly FailedSource[]) {
    super(
      [`${wanted} cannot be prepared.`, ...sources.flatMap(linesOf)].join('\n'),
      [...new Set(sources.map(({ remedy }) => remedy))].filter(Boolean).join('\n'),
    );
    this.sources = sources;
  }

  override get inFull(): string {
    return this.message;
  }
}

function linesOf({ source, why, remedy, needs }: FailedSource): string[] {
  if (needs !== undefined)
    return [`  ${source}: ${why}`, ...needs.flatMap(toolLines).map((line) => `    ${line}`)];
  return [`  ${source}: ${why}`, ...(remedy === '' ? [] : [`    → ${remedy}`])];
}

async function definite(options: RuntimeOptions): Promise<RuntimeRequest> {
  const { version, cwd = process.cwd(), force = false } = options;
  if (version !== undefined && !isVersion(version))
    throw new SourceUnavailable(
      `${version} is not a complete TensorFlow version.`,
      'assay setup --tensorflow 2.15.1',
    );
  const named = options.folder ?? (version === undefined ? process.env.ASSAY_TENSORFLOW_FOLDER : undefined);
  const folder = named ? await existingFolder(named) : undefined;
  return { platform: thisPlatform(), version, folder, cwd, force };
}

async function find(
  { platform, version, folder, cwd }: RuntimeRequest,
  signal?: AbortSignal,
): Promise<Runtime | undefined> {
  if (folder === undefined) {
    const installed = await installedRuntime(cwd, version, signal).catch(unlessUnavailable);
    return installed ?? findPrepared(version, platform.name);
  }
  const found = await findInFolder(folder, platform);
  return found && (version === undefined || sameRelease(version, found.tensorflow)) ? found : undefined;
}

function unlessUnavailable(error: unknown): undefined {
  if (!(error instanceof SourceUnavailable)) throw error;
}

function refuse(wanted: string) {
  return (error: unknown): never => {
    if (!(error instanceof SourceUnavailable)) throw error;
    throw new RuntimeUnavailable(wanted, [{ source: 'requested', why: error.message, remedy: error.remedy }]);
  };
}
