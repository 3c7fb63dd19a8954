import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

let digest: string | undefined;

/** `sha256:` over the names and bytes of every file in this package's `dist`, as that of a model; of a clone, of those that ship. */
export function toolDigest(): string {
  digest ??= `sha256:${digestOf(fileURLToPath(new URL('../', import.meta.url)))}`;
  return digest;
}

function digestOf(dist: string): string {
  const names = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((name) => !stays.test(name))
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const total = createHash('sha256');
  for (const name of names) {
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(dist, name)))
      .digest('hex');
    total.update(`${sha256}  ${name}\n`);
  }
  return total.digest('hex');
}

/** What `files` in package.json leaves out. */
const stays = /^(?:proof|scripts|test|torture)\/|(?:^|\/)fixtures\/|\.test\.[^/]*$|\.map$/;
