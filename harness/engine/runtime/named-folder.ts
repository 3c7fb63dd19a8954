import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { unlessSystemError } from '../../verdict/system-error.js';
import { runtimeFolder } from './cache.js';
import type { Platform } from './platform.js';
import { runtimeIn } from './prepared.js';
import type { Runtime } from './runtime-found.js';
import { SourceUnavailable } from './source-unavailable.js';

/** The folder's path with links followed. @throws SourceUnavailable when there is none */
export async function existingFolder(folder: string): Promise<string> {
  const found = await realpath(folder).catch(unlessSystemError);
  if (found !== undefined) return found;
  throw new SourceUnavailable(`There is no folder ${folder}.`, 'assay setup --from SITE-PACKAGES/tensorflow');
}

/** The folder of the addon for a folder of the user's. */
export function targetOfFolder(folder: string, platform: Platform): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return runtimeFolder(`folder-${name}`, platform.name);
}

/** The runtime in a folder, or the one that was prepared from it before. */
export async function findInFolder(folder: string, platform: Platform): Promise<Runtime | undefined> {
  const itself = await runtimeIn(folder, platform.name);
  return itself ?? runtimeIn(targetOfFolder(folder, platform), platform.name);
}
