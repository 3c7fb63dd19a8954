import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Contract } from '../contract/contract.js';
import { unlessSystemError } from '../verdict/system-error.js';
import type { ReadSpec } from './read-specs.js';

/** `sha256:` over a spec and the files that it names beside the model, in this order; undefined where it says nothing. */
export async function specDigestOf({ file, parsed }: ReadSpec): Promise<string | undefined> {
  if (parsed.kind === 'problems') return undefined;
  const contents = await Promise.all([file, ...filesOf(parsed.contract)].map(digestOf));
  return `sha256:${createHash('sha256').update(contents.join('\n')).digest('hex')}`;
}

function filesOf({ classification, examples }: Contract): string[] {
  const classes = classification?.classes;
  return [
    ...(classes?.kind === 'file' ? [classes.path] : []),
    ...examples.flatMap(({ image, expects }) => [
      image,
      ...(expects.kind === 'output' ? [expects.path] : []),
    ]),
  ];
}

async function digestOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(unlessSystemError);
  return bytes === undefined ? 'missing' : createHash('sha256').update(bytes).digest('hex');
}
