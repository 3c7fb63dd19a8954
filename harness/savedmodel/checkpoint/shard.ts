import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutWaiting } from '../../verdict/regular-file.js';
import { unlessAbsent } from '../../verdict/system-error.js';
import { isLfsPointer } from '../lfs-pointer.js';

/** A data file of a checkpoint. */
export type Shard = {
  readonly path: string;
  /** Its name in messages: `variables/variables.data-00000-of-00001`. */
  readonly name: string;
  /** Its size; 0 when it is not there or only a Git LFS pointer. */
  readonly bytes: number;
  /** Why it cannot be read, in a sentence. */
  readonly problem?: string;
};

/** The data file with this number, of that many. @throws SystemError when it is there but may not be read */
export async function shardAt(folder: string, number: number, count: number): Promise<Shard> {
  const name = `variables/variables.data-${fiveDigits(number)}-of-${fiveDigits(count)}`;
  const shard = { path: join(folder, name), name };
  try {
    const { bytes, start } = await headOf(shard.path);
    if (!isLfsPointer(start)) return { ...shard, bytes };
    return { ...shard, bytes: 0, problem: `${name} is a Git LFS pointer, not the file; run: git lfs pull.` };
  } catch (error) {
    unlessAbsent(error);
    return { ...shard, bytes: 0, problem: `${name} is missing.` };
  }
}

/** Reads part of a data file; throws when it ends before. */
export async function readShard(shard: Shard, offset: number, size: number): Promise<Uint8Array> {
  const file = await open(shard.path, withoutWaiting);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size), 0, size, offset);
    if (bytesRead < size) throw new RangeError(`${shard.name} ends too early`);
    return buffer;
  } finally {
    await file.close();
  }
}

async function headOf(path: string): Promise<{ readonly bytes: number; readonly start: Uint8Array }> {
  const file = await open(path, withoutWaiting);
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return { bytes: size, start: buffer };
  } finally {
    await file.close();
  }
}

function fiveDigits(number: number): string {
  return String(number).padStart(5, '0');
}
