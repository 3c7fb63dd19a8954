import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Contract } from '../contract/contract.js';
import { unlessSystemError } from '../verdict/system-error.js';
import type { ReadSpec } from './read-specs.js';

/** A spec, or a file that it names beside the model. */
export type SpecFile = {
  /** Absolute. */
  readonly file: string;
  /** In hexadecimal; undefined where it cannot be read. */
  readonly sha256: string | undefined;
};

/** `sha256:` over a spec and the files that it names beside the model, in this order; undefined where it says nothing. */
export async function specDigestOf({ parsed }: ReadSpec): Promise<string | undefined> {
  return parsed.kind === 'problems' ? undefined : digestOfSpecFiles(await specFilesOf(parsed.contract));
}

/** The spec of a contract, then the files that it names beside the model. */
export async function specFilesOf(contract: Contract): Promise<readonly SpecFile[]> {
  return Promise.all([contract.specPath, ...filesIn(contract)].map(digested));
}

/** As `specDigestOf`. */
export function digestOfSpecFiles(files: readonly SpecFile[]): string {
  const lines = files.map(({ sha256 }) => sha256 ?? 'missing').join('\n');
  return `sha256:${createHash('sha256').update(lines).digest('hex')}`;
}

function filesIn({ classification, examples }: Contract): string[] {
  const classes = classification?.classes;
  return [
    ...(classes?.kind === 'file' ? [classes.path] : []),
    ...examples.flatMap(({ image, expects }) => [
      image,
      ...(expects.kind === 'output' ? [expects.path] : []),
    ]),
  ];
}

async function digested(file: string): Promise<SpecFile> {
  const bytes = await readFile(file).catch(unlessSystemError);
  return { file, sha256: bytes && createHash('sha256').update(bytes).digest('hex') };
}
