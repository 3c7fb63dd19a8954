import { createHash } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSystemError, unlessSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';
import { dirHashOf } from './digest.js';
import { type ModelFile, modelFilesOf } from './model-files.js';

/** What others know the files of a model by. In hexadecimal. */
export type AttestedDigests = {
  /** The root digest of the OpenSSF model-signing format: over the digests of all files but those that it ignores. */
  readonly sha256: string;
  /** in-toto's `dirHash`: over the names and digests of all files. */
  readonly dirHash: string;
};

/** Files that have no digest which these formats agree on. */
export class NotDigestible extends UserError {}

/** What model-signing leaves out of a model, with all that is in it. */
export const ignoredPaths: readonly string[] = ['.git', '.gitattributes', '.github', '.gitignore'];

/**
 * Both digests of a model's folder. A symbolic link is refused, as model-signing does; `allowSymlinks` takes one to a file inside
 * the folder for that file. @throws NotDigestible, also where it cannot be read, and NotASavedModel
 */
export async function attestedDigestsOf(
  folder: string,
  { allowSymlinks }: { readonly allowSymlinks: boolean },
): Promise<AttestedDigests> {
  try {
    await expectPlain(await realpath(folder), allowSymlinks);
    const files = await modelFilesOf(folder);
    return { sha256: rootDigestOf(files), dirHash: dirHashOf(files) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new NotDigestible(
      `The model ${folder} cannot be read (${error.code}).`,
      'Name its folder or archive, with files that you may read.',
    );
  }
}

async function expectPlain(root: string, allowSymlinks: boolean): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(root, file);
    if (entry.name.includes('\n'))
      throw new NotDigestible(`${name} has a line break in its name.`, 'Rename the file.');
    if (entry.isFile() || entry.isDirectory()) continue;
    if (!entry.isSymbolicLink())
      throw new NotDigestible(`${name} is neither a file nor a folder.`, 'Remove it from the model.');
    if (!allowSymlinks)
      throw new NotDigestible(
        `${name} is a symbolic link, which model-signing refuses.`,
        'Put the file itself there, or allow links to files inside the model with --allow-symlinks.',
      );
    if (!(await leadsToFileIn(root, file)))
      throw new NotDigestible(
        `The link ${name} does not lead to a file inside the model.`,
        'Put the file itself there.',
      );
  }
}

async function leadsToFileIn(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(unlessSystemError);
  return target?.startsWith(root + path.sep) === true && (await stat(target)).isFile();
}

/** Files in the order of their names, part by part; the digest of a file counts as its 32 bytes. */
function rootDigestOf(files: readonly ModelFile[]): string {
  const keyed = files
    .filter(({ name }) => !ignoredPaths.includes(name.split('/')[0] ?? ''))
    .map((file) => ({ ...file, key: Buffer.from(file.name.replaceAll('/', '\0')) }))
    .sort((a, b) => Buffer.compare(a.key, b.key));
  const total = createHash('sha256');
  for (const { sha256 = '' } of keyed) total.update(Buffer.from(sha256, 'hex'));
  return total.digest('hex');
}
