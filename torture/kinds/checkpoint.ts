import { readFileSync } from 'node:fs';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import fc, { type Arbitrary } from 'fast-check';
import { VarintReader } from '../../harness/savedmodel/checkpoint/varint.js';
import { BundleEntryProtoSchema } from '../../harness/savedmodel/gen/tensor_bundle_pb.js';
import { inProject } from '../../proof/project.js';
import type { Input, Kind } from '../kind.js';
import { anyDamage, damages, fraction, itemAt } from '../mutations/bytes.js';
import { type Change, changes, parsed } from '../mutations/messages.js';
import { handleOf, type Lies, type RawEntry, rawEntries, tableOf, whole } from '../mutations/table.js';
import { varint } from '../mutations/wire.js';

const index = 'variables/variables.index';
const data = 'variables/variables.data-00000-of-00001';
const bases = ['tiny-features', 'odd-captures', 'looks-up-in-table'];

type Entries = (entries: readonly RawEntry[]) => readonly RawEntry[];

const anyChange: Arbitrary<Change> = fc.oneof(...Object.values(changes));

/** Everything that can happen to the files in `variables/`. Checksums are right where a table was written anew. */
export const checkpointKinds: readonly Kind[] = [
  onFile(index, 'index: any bytes changed', anyDamage),
  onFile(index, 'index: cut short', damages['cut short']),
  onFile(data, 'values: cut short', damages['cut short']),
  onFile(data, 'values: any bytes changed', anyDamage),
  kind(
    'values: missing or empty',
    fc.constantFrom(null, new Uint8Array()).map((bytes) => () => ({ [data]: bytes })),
    0.02,
  ),
  kind(
    'index: missing or empty',
    fc.constantFrom(null, new Uint8Array()).map((bytes) => () => ({ [index]: bytes })),
    0.02,
  ),
  withLies('index: another footer', fc.record({ footer: handles(2) })),
  withLies(
    'index: another magic number',
    fc.bigInt(0n, 2n ** 64n - 1n).map((magic) => ({ magic })),
    0.2,
  ),
  withLies('index: handles of blocks that lie', fc.record({ handle: handles(1) })),
  withLies(
    'index: counts of restarts that lie',
    sizes().map((restarts) => ({ restarts })),
  ),
  withLies(
    'index: blocks said to be compressed',
    fc.nat(255).map((compression) => ({ compression })),
    0.2,
  ),
  withEntries('index: shared prefixes that lie', lying('shared')),
  withEntries('index: lengths of keys that lie', lying('unshared')),
  withEntries('index: lengths of values that lie', lying('valueSize')),
  withEntries(
    'index: entries dropped, doubled or in another order',
    fc.shuffledSubarray([...Array(12).keys()]).chain((places) =>
      fc.boolean().map((twice) => (entries) => {
        const kept = places.flatMap((place) => entries[place] ?? []);
        return twice ? [...kept, ...kept] : kept;
      }),
    ),
  ),
  withEntries(
    'index: up to 100,000 entries',
    fc.constantFrom(1000, 20_000, 100_000).map((count) => (entries) => {
      const [header, first] = entries;
      const many = Array.from({ length: count }, (_, at) =>
        whole(Buffer.from(`k${at}`), first?.value ?? Buffer.of()),
      );
      return [...(header ? [header] : []), ...many];
    }),
    0.02,
  ),
  withEntries(
    'index: keys of hostile names',
    fc
      .tuple(fraction(), fc.oneof(names(), fc.uint8Array({ maxLength: 20 })))
      .map(([at, key]) => changedAt(at, ({ value }) => whole(key, value))),
  ),
  withEntries(
    'index: the message of an entry changed',
    fc
      .tuple(fraction(), anyChange)
      .map(([at, change]) => changedAt(at, ({ key, value }) => whole(key, change(parsed(value))))),
  ),
  withEntries(
    'index: the header changed',
    anyChange.map(
      (change) =>
        ([header, ...rest]) =>
          header ? [whole(header.key, change(parsed(header.value))), ...rest] : rest,
    ),
  ),
  kind('values: the object graph changed', anyChange.map(withObjectGraph)),
];

function kind(name: string, files: Arbitrary<(base: string) => Input['files']>, share = 1): Kind {
  const inputs = fc.tuple(fc.constantFrom(...bases), files).map(([base, of]) => ({ base, files: of(base) }));
  return { format: 'checkpoint', name, share: share * 0.4, inputs };
}

function onFile(file: string, name: string, damage: Arbitrary<(bytes: Uint8Array) => Uint8Array>): Kind {
  return kind(
    name,
    damage.map((spoil) => (base) => ({ [file]: spoil(fileOf(base, file)) })),
  );
}

function withLies(name: string, lies: Arbitrary<Lies>, share = 1): Kind {
  return kind(
    name,
    lies.map((lie) => (base) => ({ [index]: tableOf(rawEntries(fileOf(base, index)), lie) })),
    share,
  );
}

function withEntries(name: string, change: Arbitrary<Entries>, share = 1): Kind {
  return kind(
    name,
    change.map((of) => (base) => ({ [index]: tableOf(of(rawEntries(fileOf(base, index)))) })),
    share,
  );
}

function fileOf(base: string, file: string): Uint8Array {
  return readFileSync(inProject('models-under-test', base, file));
}

function changedAt(at: number, change: (entry: RawEntry) => RawEntry): Entries {
  return (entries) => {
    const chosen = itemAt(entries, at);
    return entries.map((entry) => (entry === chosen ? change(entry) : entry));
  };
}

function lying(length: 'shared' | 'unshared' | 'valueSize'): Arbitrary<Entries> {
  return fc
    .tuple(fraction(), sizes())
    .map(([at, size]) => changedAt(at, (entry) => ({ ...entry, [length]: size })));
}

function sizes(): Arbitrary<number> {
  return fc.oneof(fc.nat(300), fc.constantFrom(4095, 4096, 4097, 2 ** 16, 2 ** 30, 2 ** 31, 2 ** 32 - 1));
}

function handles(count: number): Arbitrary<Uint8Array> {
  const big = fc.bigInt(0n, 2n ** 64n - 1n);
  const handle = fc
    .tuple(fc.oneof(sizes(), big), fc.oneof(sizes(), big))
    .map(([offset, size]) => handleOf(offset, size));
  return fc.array(handle, { minLength: count, maxLength: count }).map((all) => Buffer.concat(all));
}

function names(): Arbitrary<Uint8Array> {
  const some = [
    '',
    '__proto__',
    '_CHECKPOINTABLE_OBJECT_GRAPH',
    '../../x',
    '\0',
    'x'.repeat(4096),
    'x'.repeat(100_000),
  ];
  return fc.constantFrom(...some).map((text) => Buffer.from(text));
}

/** The message with the object graph, changed and appended to the values, and the index says so. */
function withObjectGraph(change: Change): (base: string) => Input['files'] {
  return (base) => {
    const [entries, values] = [rawEntries(fileOf(base, index)), fileOf(base, data)];
    const isGraph = ({ key }: RawEntry) => Buffer.from(key).toString() === '_CHECKPOINTABLE_OBJECT_GRAPH';
    const entry = fromBinary(BundleEntryProtoSchema, entries.find(isGraph)?.value ?? new Uint8Array());
    const stored = values.subarray(Number(entry.offset), Number(entry.offset + entry.size));
    const reader = new VarintReader(stored);
    const graph = change(parsed(stored.subarray(stored.length - reader.next())));
    const written = Buffer.concat([varint(graph.length), Buffer.alloc(4), graph]);
    const moved = { ...entry, offset: BigInt(values.length), size: BigInt(written.length) };
    const value = toBinary(BundleEntryProtoSchema, moved);
    return {
      [index]: tableOf(entries.map((one) => (isGraph(one) ? whole(one.key, value) : one))),
      [data]: Buffer.concat([values, written]),
    };
  };
}
