import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addonSources } from './addon-sources.js';
import { runtimeFolder } from './cache.js';
import { compileObjects, linkAddon } from './compile.js';
import { findLibraries } from './library-folder.js';
import { addonName } from './manifest.js';
import type { Platform } from './platform.js';
import { runtimeIn } from './prepared.js';
import type { Work } from './progress.js';
import type { Runtime } from './runtime.js';
import { seal } from './seal.js';
import { Setback } from './setback.js';

/** The folder's path with links followed; a Setback when there is none. */
export async function existingFolder(folder: string): Promise<string> {
  return realpath(folder).catch(() => {
    throw new Setback(`There is no folder ${folder}.`, 'assay setup --from SITE-PACKAGES/tensorflow');
  });
}

/** Where the addon for a folder of the user's is kept. */
export function targetOfFolder(folder: string, platform: Platform): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return runtimeFolder(`folder-${name}`, platform.name);
}

/** The runtime that a folder is, or that was made of it before. */
export async function findInFolder(folder: string, platform: Platform): Promise<Runtime | undefined> {
  const itself = await runtimeIn(folder, platform.name);
  return itself ?? runtimeIn(targetOfFolder(folder, platform), platform.name);
}

/** Fills a draft folder with an addon that loads the libraries where they are: nothing large is copied. */
export async function fillFromFolder(
  folder: string,
  expected: string | undefined,
  platform: Platform,
  draft: string,
  work: Work,
): Promise<void> {
  const found = await findLibraries(folder, platform);
  const scratch = join(draft, 'scratch');
  const sources = await addonSources(scratch, work);
  const objects = await compileObjects(sources, found.include, platform, work);
  const { libraries } = found;
  await linkAddon(
    { objects, libraries, rpath: found.folder, output: join(draft, addonName) },
    platform,
    work,
  );
  await rm(scratch, { recursive: true });
  const facts = { source: 'folder', origin: folder, addon: addonName } as const;
  await seal({ draft, libraries, expected, facts }, platform, work);
}
