import { dtypeName } from '../dtypes.js';
import { readBundleIndex } from './bundle-index.js';
import { readShard, shardAt } from './shard.js';

/**
 * The numbers stored under keys of the checkpoint in a folder; what is no number, or too large, is left out.
 * Throws what reading the files throws.
 */
export async function storedNumbers(
  folder: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ArrayLike<number>>> {
  const found = new Map<string, ArrayLike<number>>();
  if (keys.length === 0) return found;
  const { stored, shardCount } = await readBundleIndex(folder);
  for (const key of keys) {
    const entry = stored.get(key);
    if (entry === undefined || entry.size > maxBytes || entry.slices.length > 0) continue;
    const shard = await shardAt(folder, entry.shardId, shardCount);
    const bytes = await readShard(shard, Number(entry.offset), Number(entry.size));
    const numbers = numbersIn(bytes, dtypeName(entry.dtype));
    if (numbers !== undefined) found.set(key, numbers);
  }
  return found;
}

/** A kernel of 8,192 × 8,192 float32. */
const maxBytes = 2 ** 28;

function numbersIn(bytes: Uint8Array, dtype: string): ArrayLike<number> | undefined {
  const { buffer } = new Uint8Array(bytes);
  if (dtype === 'float32') return new Float32Array(buffer);
  if (dtype === 'float64') return new Float64Array(buffer);
  if (dtype === 'int64') return Array.from(new BigInt64Array(buffer), Number);
  return dtype === 'int32' ? new Int32Array(buffer) : undefined;
}
