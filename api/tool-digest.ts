import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import picomatch from 'picomatch';

let digest: string | undefined;

/**
 * `sha256:` over the names and bytes of this package's `dist`, as that of a model is: another build may judge otherwise, whatever its
 * version says. Of a clone, what does not ship is left out.
 */
export function toolDigest(): string {
  digest ??= `sha256:${digestOf(fileURLToPath(new URL('../', import.meta.url)))}`;
  return digest;
}

function digestOf(dist: string): string {
  const stays = picomatch(leftOut(path.join(dist, '../package.json')));
  const names = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((name) => !stays(`dist/${name}`))
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const total = createHash('sha256');
  for (const name of names) {
    const sha256 = createHash('sha256').update(readFileSync(path.join(dist, name)));
    total.update(`${sha256.digest('hex')}  ${name}\n`);
  }
  return total.digest('hex');
}

/** What npm does not pack, as patterns. */
function leftOut(manifest: string): string[] {
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly files: readonly string[] };
  return files
    .filter((pattern) => pattern.startsWith('!'))
    .flatMap((pattern) => [pattern.slice(1), `${pattern.slice(1)}/**`]);
}
