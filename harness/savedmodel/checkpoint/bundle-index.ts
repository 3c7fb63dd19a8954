import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { readRegularFile } from '../../verdict/regular-file.js';
import { unlessAbsent } from '../../verdict/system-error.js';
import type { BundleEntryProto } from '../gen/tensor_bundle_pb.js';
import { BundleEntryProtoSchema, BundleHeaderProtoSchema } from '../gen/tensor_bundle_pb.js';
import { isLfsPointer } from '../lfs-pointer.js';
import type { TableEntry } from './table.js';
import { tableEntries } from './table.js';

/** Where each tensor of a checkpoint lies, by key. */
export type StoredTensor = ReadonlyMap<string, BundleEntryProto>;

export type BundleIndex = { readonly stored: StoredTensor; readonly shardCount: number };

/** Its name in messages. */
export const indexName = 'variables/variables.index';

/** Reads the index of the checkpoint of the SavedModel in a folder. Throws an Error with a sentence. */
export async function readBundleIndex(folder: string): Promise<BundleIndex> {
  return bundleOf(await readEntries(folder));
}

async function readEntries(folder: string): Promise<readonly TableEntry[]> {
  const bytes = indexIn(folder);
  if (bytes === undefined) throw new Error(`${indexName} is missing.`);
  if (isLfsPointer(bytes))
    throw new Error(`${indexName} is a Git LFS pointer, not the file; run: git lfs pull.`);
  try {
    return tableEntries(bytes);
  } catch (error) {
    throw new Error(`${indexName} ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** In bytes: more entries than any model has variables. */
const maxBytes = 2 ** 28;

function indexIn(folder: string): Uint8Array | undefined {
  try {
    return readRegularFile(join(folder, indexName), maxBytes);
  } catch (error) {
    return unlessAbsent(error);
  }
}

/** The first entry has the empty key and is the header. */
function bundleOf(entries: readonly TableEntry[]): BundleIndex {
  try {
    const [header, ...rest] = entries;
    const { numShards, endianness } = fromBinary(BundleHeaderProtoSchema, header?.value ?? new Uint8Array());
    if (endianness !== 0) throw new Error('big-endian values are not supported');
    const stored = new Map(rest.map(({ key, value }) => [key, fromBinary(BundleEntryProtoSchema, value)]));
    return { stored, shardCount: numShards };
  } catch (error) {
    throw new Error(`${indexName} is damaged: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
