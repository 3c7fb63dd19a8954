import { fromBinary } from '@bufbuild/protobuf';
import { isSystemError, unlessAbsent } from '../../verdict/system-error.js';
import { dtypeName } from '../dtypes.js';
import type { BundleEntryProto } from '../gen/tensor_bundle_pb.js';
import type { TrackableObjectGraph } from '../gen/trackable_pb.js';
import { TrackableObjectGraphSchema } from '../gen/trackable_pb.js';
import { shapeOf } from '../shape.js';
import type { StoredTensor } from './bundle-index.js';
import { indexName, readBundleIndex } from './bundle-index.js';
import type { Shard } from './shard.js';
import { readShard, shardAt } from './shard.js';
import { VarintReader } from './varint.js';

/** The content of the checkpoint in `variables/`, without the values. */
export type Checkpoint = {
  /** Tensors by key, whether or not their bytes are there. */
  readonly entries: ReadonlyMap<string, CheckpointEntry>;
  /** The objects that were saved; their attributes name the keys. */
  readonly objects?: TrackableObjectGraph;
  /** Problems with it, as sentences; empty when there are none. */
  readonly problems: readonly string[];
};

export type CheckpointEntry = {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Its bytes lie within a data file that is there. */
  readonly present: boolean;
};

/** Reads the checkpoint of the SavedModel in a folder. Its faults become problems. @throws SystemError for a file that may not be read */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  try {
    return await readBundle(folder);
  } catch (error) {
    if (isSystemError(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    return { entries: new Map(), problems: [problem] };
  }
}

type Shards = ReadonlyMap<number, Shard>;

const objectGraphKey = '_CHECKPOINTABLE_OBJECT_GRAPH';

async function readBundle(folder: string): Promise<Checkpoint> {
  const { stored, shardCount } = await readBundleIndex(folder);
  const ids = new Set([...stored.values()].map(({ shardId }) => shardId));
  const shards = new Map(
    await Promise.all([...ids].map(async (id) => [id, await shardAt(folder, id, shardCount)] as const)),
  );
  const entries = new Map([...stored].map(([key, entry]) => [key, entryOf(entry, shards)]));
  const problems = [...shards].flatMap(([id, shard]) => shardProblems(shard, id, stored));
  const objects = await readObjects(stored.get(objectGraphKey), shards);
  if (objects !== undefined) return { entries, objects, problems };
  const unnamed = `${indexName} does not say which object each value belongs to.`;
  return { entries, problems: problems.length > 0 ? problems : [unnamed] };
}

function entryOf(entry: BundleEntryProto, shards: Shards): CheckpointEntry {
  const shard = shards.get(entry.shardId);
  return {
    dtype: dtypeName(entry.dtype),
    shape: (shapeOf(entry.shape) ?? []).map((size) => size ?? 0),
    present: shard !== undefined && isWithin(entry, shard),
  };
}

function isWithin({ offset, size }: BundleEntryProto, { bytes }: Shard): boolean {
  return offset >= 0n && size >= 0n && offset + size <= BigInt(bytes);
}

function shardProblems(shard: Shard, id: number, stored: StoredTensor): readonly string[] {
  if (shard.problem !== undefined) return [shard.problem];
  const own = [...stored.values()].filter(({ shardId }) => shardId === id);
  const beyond = own.filter((entry) => !isWithin(entry, shard)).length;
  if (beyond === 0) return [];
  return [
    `${shard.name} is truncated: it has ${shard.bytes} bytes, and ${beyond} of its ${own.length} tensors lie beyond its end.`,
  ];
}

/** A scalar string tensor: its length as a varint, four bytes of checksum, then its bytes. */
async function readObjects(
  entry: BundleEntryProto | undefined,
  shards: Shards,
): Promise<TrackableObjectGraph | undefined> {
  const shard = shards.get(entry?.shardId ?? -1);
  if (entry === undefined || shard === undefined || !isWithin(entry, shard)) return undefined;
  const bytes = await readShard(shard, Number(entry.offset), Number(entry.size)).catch(unlessAbsent);
  return bytes && objectsIn(bytes);
}

/** Undefined where the bytes are damaged: the reader of protocol buffers throws any Error for them, and no TypeError. */
function objectsIn(bytes: Uint8Array): TrackableObjectGraph | undefined {
  try {
    const reader = new VarintReader(bytes);
    const length = reader.next();
    const start = reader.position + 4;
    return fromBinary(TrackableObjectGraphSchema, bytes.subarray(start, start + length));
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return undefined;
  }
}
