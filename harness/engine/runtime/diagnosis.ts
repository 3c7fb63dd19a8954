import { unlessSystemError } from '../../verdict/system-error.js';
import { type Measure, measures } from '../process/confinement/measures.js';
import { cacheFolder, freeBytes, makeCacheFolder, runtimeFolders } from './cache.js';
import { damage, type Manifest, readManifest } from './manifest.js';
import { inspectSources, inspectTools, type Tool } from './needs.js';
import { thisPlatform } from './platform.js';
import { runtimeOf } from './prepared.js';
import { type Probed, probe } from './probe.js';
import { findRuntime } from './runtime.js';
import type { Runtime } from './runtime-found.js';

/** What a check needs on this machine: what is there, and how to fix what is missing. */
export type Diagnosis = {
  /** A check could run now. */
  readonly ready: boolean;
  /** The runtime that a check would use, and whether it loads. */
  readonly runtime?: Runtime & { readonly probed: Probed };
  /** Node, npm, Python, the compiler, and where no runtime is prepared, the sources of one: all but Node only prepare runtimes. */
  readonly tools: readonly Tool[];
  readonly cache: Cache;
  /** What the process of a model is kept from here. */
  readonly confinement: readonly Measure[];
  /** Every runtime in the cache. */
  readonly prepared: readonly PreparedRuntime[];
};

export type Cache = {
  readonly folder: string;
  readonly writable: boolean;
  /** Undefined where it is unknown. */
  readonly freeBytes?: number;
};

export type PreparedRuntime = {
  readonly folder: string;
  readonly tensorflow: string;
  readonly source: Manifest['source'];
  readonly origin: string;
  readonly probed: Probed;
  /** How its files differ from those that were prepared; undefined when they don't. */
  readonly damage?: string;
};

/** Inspects everything, reads every byte of every prepared runtime, and loads each in a process of its own. */
export async function diagnose(cwd: string = process.cwd()): Promise<Diagnosis> {
  const [tools, cache, prepared, runtime] = await Promise.all([
    inspectTools(thisPlatform()),
    inspectCache(),
    inspectPrepared(),
    inspectRuntime(cwd),
  ]);
  // What is prepared needs no network.
  const sources = runtime === undefined ? await inspectSources() : [];
  const broken = prepared.some(({ folder, damage }) => folder === runtime?.folder && damage !== undefined);
  const ready = runtime?.probed.loads === true && !broken;
  return {
    ready,
    ...(runtime ? { runtime } : {}),
    tools: [node(), ...tools, ...sources],
    cache,
    confinement: measures(),
    prepared,
  };
}

async function inspectRuntime(cwd: string): Promise<Diagnosis['runtime']> {
  const runtime = await findRuntime({ cwd });
  return runtime && { ...runtime, probed: await probe(runtime.addon) };
}

async function inspectPrepared(): Promise<PreparedRuntime[]> {
  const found: PreparedRuntime[] = [];
  for (const folder of await runtimeFolders()) {
    const manifest = await readManifest(folder);
    if (manifest === undefined) continue;
    const { tensorflow, source, origin } = manifest;
    const harm = await damage(folder, manifest, 'thorough');
    const probed = await probe(runtimeOf(folder, manifest).addon);
    found.push({
      folder,
      tensorflow,
      source,
      origin,
      probed,
      ...(harm === undefined ? {} : { damage: harm }),
    });
  }
  return found;
}

async function inspectCache(): Promise<Cache> {
  const folder = cacheFolder();
  const writable = await makeCacheFolder(folder).then(
    () => true,
    () => false,
  );
  const free = await freeBytes(folder).catch(unlessSystemError);
  return { folder, writable, ...(free === undefined ? {} : { freeBytes: free }) };
}

function node(): Tool {
  const found = process.versions.node;
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const tested = (major === 20 && minor >= 19) || major === 22 || major === 24;
  const remedy = tested ? '' : 'Use Node 20 (from 20.19), 22 or 24; these are tested.';
  return { name: 'node', ok: tested, found, remedy };
}
