import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** SHA-256 over the program itself: another build may judge otherwise, whatever its version says. */
export function codeDigest(): string {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.js(on)?$/.test(file),
  );
  const total = createHash('sha256');
  for (const file of files.sort()) total.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  return total.digest('hex');
}
