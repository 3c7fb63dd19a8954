import { readFileSync } from 'node:fs';
import { packageFile } from '../harness/verdict/package-files.js';

/** The version of this package. */
export function version(): string {
  const file = packageFile('package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
