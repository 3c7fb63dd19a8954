import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Contract } from '../contract/contract.js';
import type { ParsedSpec } from '../contract/parsing/parse.js';
import { unlessSystemError } from '../verdict/system-error.js';

/** A spec, or a file that it names beside the model. */
export type SpecFile = {
  /** Absolute. */
  readonly file: string;
  /** In hexadecimal; undefined where it cannot be read. */
  readonly sha256: string | undefined;
};

/**
 * `sha256:` over a spec as it was parsed and the files that it names beside the model, in this order; undefined where it
 * says nothing.
 */
export async function specDigestOf(parsed: ParsedSpec): Promise<string | undefined> {
  if (parsed.kind === 'problems') return undefined;
  const [, ...named] = await specFilesOf(parsed.contract);
  return digestOfSpecFiles([{ sha256: parsed.sha256 }, ...named]);
}

/** The spec of a contract, then the files that it names beside the model. */
export async function specFilesOf(contract: Contract): Promise<readonly SpecFile[]> {
  return Promise.all([contract.specPath, ...filesIn(contract)].map(digested));
}

/** As `specDigestOf`. */
export function digestOfSpecFiles(files: readonly Pick<SpecFile, 'sha256'>[]): string {
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
