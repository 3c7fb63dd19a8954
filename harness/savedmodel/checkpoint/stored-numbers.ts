import { dtypeName } from '../dtypes.js';
import { readBundleIndex } from './bundle-index.js';
import { readShard, shardAt } from './shard.js';

/** A kernel of 8,192 × 8,192 float32. */
const largest = 2 ** 28;

/**
 * The numbers stored under keys of the checkpoint in a folder; what is no number, or has more than `maxBytes`, is left out.
 * Throws what reading the files throws.
 */
export async function storedNumbers(
  folder: string,
  keys: readonly string[],
  maxBytes = largest,
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

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
} as const;

/** Undefined also for bytes that are no whole number of values, as an index may claim. */
function numbersIn(bytes: Uint8Array, dtype: string): ArrayLike<number> | undefined {
  const of = Object.entries(arrays).find(([name]) => name === dtype)?.[1];
  if (of === undefined || bytes.length % of.BYTES_PER_ELEMENT !== 0) return undefined;
  const values = new of(new Uint8Array(bytes).buffer);
  return values instanceof BigInt64Array ? Array.from(values, Number) : values;
}
