import { resolve } from 'node:path';
import { runtimeFolder, runtimeFolders } from './cache.js';
import { acceptTimes, damage, type Manifest, readManifest } from './manifest.js';
import { defaultTensorflow } from './pins.js';
import type { Runtime } from './runtime-found.js';
import { sameRelease } from './version.js';

/** The runtime in a folder that assay prepared; undefined when it is unfinished, damaged or for another platform. */
export async function runtimeIn(folder: string, platform: string): Promise<Runtime | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined || manifest.platform !== platform) return undefined;
  if ((await damage(folder, manifest, 'quick')) !== undefined) return undefined;
  await acceptTimes(folder, manifest);
  return runtimeOf(folder, manifest);
}

export function runtimeOf(folder: string, manifest: Manifest): Runtime {
  const { tensorflow, tfjsNode, source, addon, download } = manifest;
  const from = download === undefined ? {} : { packageSha256: download.sha256 };
  return { addon: resolve(folder, addon), tensorflow, ...from, tfjsNode, source, folder };
}

/**
 * The runtime in the cache to use. Those prepared from a folder of the user's come first, the latest of them
 * first; then the wheel's, of the requested or the default version; then the one from tfjs-node's download.
 */
export async function findPrepared(
  version: string | undefined,
  platform: string,
): Promise<Runtime | undefined> {
  const others = await otherRuntimes();
  const suits = ({ tensorflow }: Manifest) => version === undefined || sameRelease(version, tensorflow);
  const from = (source: Manifest['source']) =>
    others
      .filter(({ manifest }) => manifest.source === source && suits(manifest))
      .map(({ folder }) => folder);
  const wheel = runtimeFolder(`tensorflow-${version ?? defaultTensorflow}`, platform);
  for (const folder of [...from('folder'), wheel, ...from('installer')]) {
    const found = await runtimeIn(folder, platform);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Prepared runtimes that are not from a wheel, the latest first. */
async function otherRuntimes(): Promise<{ readonly folder: string; readonly manifest: Manifest }[]> {
  const read = async (folder: string) => ({ folder, manifest: await readManifest(folder) });
  const found = await Promise.all((await runtimeFolders()).map(read));
  const others = found.flatMap(({ folder, manifest }) =>
    manifest === undefined || manifest.source === 'wheel' ? [] : [{ folder, manifest }],
  );
  return others.sort((a, b) => (a.manifest.preparedAt < b.manifest.preparedAt ? 1 : -1));
}
