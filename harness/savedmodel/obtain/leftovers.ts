import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isDead } from '../../verdict/dead-process.js';
import { unlessSystemError } from '../../verdict/system-error.js';

/** Containers share a cache, but not the ids of their processes. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

const ours = /^[0-9a-f]{64}\.(?<on>[0-9a-f]{8})-(?<pid>\d+)-[0-9a-f]{8}\.(download|unpacked)$/;

/** Longer than anything takes to be obtained. */
const oldMs = 24 * 60 * 60 * 1000;

/** A name beside the target, for what is put into its place once it is whole. */
export function ownName(target: string, of: 'download' | 'unpacked'): string {
  return `${target}.${machine}-${process.pid}-${randomBytes(4).toString('hex')}.${of}`;
}

/** Removes what processes have left in the cache that were killed. What cannot be removed stays. */
export async function removeLeftovers(cacheFolder: string): Promise<void> {
  const names = (await readdir(cacheFolder).catch(unlessSystemError)) ?? [];
  for (const name of names) {
    const path = join(cacheFolder, name);
    if (await isLeftover(name, path))
      await rm(path, { recursive: true, force: true }).catch(unlessSystemError);
  }
}

async function isLeftover(name: string, path: string): Promise<boolean> {
  const { on, pid } = ours.exec(name)?.groups ?? {};
  if (pid === undefined) return false;
  if (on === machine) return isDead(Number(pid));
  const stats = await stat(path).catch(unlessSystemError);
  return stats !== undefined && Date.now() - stats.mtimeMs > oldMs;
}
