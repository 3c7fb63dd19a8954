import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';

/** A new folder with `model/` in it, whose files are just enough to be unpacked. */
export async function folderWithModel(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'obtain-'));
  await mkdir(join(folder, 'model', 'variables'), { recursive: true });
  await writeFile(join(folder, 'model', 'saved_model.pb'), 'graph');
  await writeFile(join(folder, 'model', 'variables', 'variables.index'), 'index');
  return folder;
}

/** Packs what lies in a folder into an archive, and returns its path. */
export async function packed(file: string, cwd: string, names: string[], gzip = true): Promise<string> {
  await create({ file, cwd, gzip }, names);
  return file;
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
