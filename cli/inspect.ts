import { resolve } from 'node:path';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import { digestOf } from '../harness/savedmodel/digest.js';
import { obtainModel } from '../harness/savedmodel/obtain/obtain.js';
import { CannotObtain, UnsafeArchive } from '../harness/savedmodel/obtain/refusals.js';
import { readSavedModel } from '../harness/savedmodel/read.js';
import { NotASavedModel } from '../harness/savedmodel/refusal.js';
import { visible } from '../reports/visible.js';
import { inspectionJson } from './inspect/json.js';
import { inspectionText } from './inspect/text.js';
import type { Io } from './setup.js';

/**
 * `assay inspect`: shows what a SavedModel offers, read off its files without TensorFlow. The path is that of a
 * folder or of a .tar.gz. Returns 0, or 2 when there is no SavedModel in it.
 */
export async function inspect(path: string, options: { readonly json?: boolean }, io: Io): Promise<number> {
  try {
    const folder = await folderOf(path);
    const model = await readSavedModel(folder);
    const digest = await digestOf(folder);
    io.stdout.write(options.json ? inspectionJson(model, digest) : inspectionText(model, digest));
    return 0;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    io.stderr.write(
      `${visible(error.message)}\n${'remedy' in error ? `  → ${visible(error.remedy)}\n` : ''}`,
    );
    return 2;
  }
}

async function folderOf(path: string): Promise<string> {
  if (!/\.(tar\.gz|tgz|tar)$/.test(path)) return path;
  const archive = { kind: 'archive', path: resolve(path) } as const;
  return (await obtainModel(archive, { cacheFolder: cacheFolder() })).folder;
}

function isRefusal(error: unknown): error is NotASavedModel | CannotObtain | UnsafeArchive {
  return error instanceof NotASavedModel || error instanceof CannotObtain || error instanceof UnsafeArchive;
}
