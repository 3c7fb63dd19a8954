import { gzipSync } from 'node:zlib';
import fc, { type Arbitrary } from 'fast-check';
import type { Kind } from '../kind.js';
import { linkNames, namesOut, oddNames, pax, sizes } from '../mutations/archive-names.js';
import { anyDamage, damages, fraction } from '../mutations/bytes.js';
import { type Entry, sane, tarOf } from '../mutations/tar.js';

const types = [
  'Link',
  'SymbolicLink',
  'CharacterDevice',
  'BlockDevice',
  'FIFO',
  'ContiguousFile',
  'GNUDumpDir',
  'SparseFile',
  'NextFileHasLongPath',
  'OldGnuLongPath',
  'TapeVolumeHeader',
  'GlobalExtendedHeader',
  'SolarisACL',
  'Directory',
] as const;

/** In bytes, of a file that is nothing but zeros: within the limits, and packed into a thousandth. */
const bombs = [2 ** 20, 2 ** 24, 2 ** 26];

/** Everything that can happen to an archive. `canary` is a folder of which nothing may change. */
export function archiveKinds(canary: string): readonly Kind[] {
  return [
    withEntry(
      'names that lead out',
      namesOut(canary).map((path) => ({ path, content: Buffer.from('x') })),
    ),
    withEntry(
      'names very long, in other scripts or with NUL',
      oddNames().map((path) => ({ path, content: Buffer.from('x') })),
    ),
    withEntry(
      'links, and links through links',
      fc
        .tuple(fc.constantFrom(...types.slice(0, 2)), linkNames(), fc.oneof(namesOut(canary), linkNames()))
        .map(([type, path, linkpath]) => ({ type, path, linkpath })),
    ),
    kind(
      'files written through a link',
      fc.tuple(namesOut(canary), linkNames()).map(([linkpath, name]) => [
        { type: 'SymbolicLink' as const, path: name, linkpath },
        { path: `${name}/x`, content: Buffer.from('x') },
        { path: name, content: Buffer.from('x') },
      ]),
    ),
    withEntry(
      'devices, pipes and other types',
      fc
        .tuple(fc.constantFrom(...types), linkNames(), fc.uint8Array({ maxLength: 60 }))
        .map(([type, path, content]) => ({ type, path, content, devmaj: 1, devmin: 5 })),
    ),
    withEntry(
      'types that nobody knows',
      fc.nat(255).map((type) => ({ path: 'x', patches: [[156, String.fromCharCode(type)]] })),
    ),
    withEntry(
      'sizes negative, huge or no numbers',
      sizes().map((size) => ({ path: 'x', content: Buffer.from('x'), patches: [[124, size]] })),
    ),
    withEntry(
      'modes, owners and times out of range',
      fc
        .tuple(fc.constantFrom(100, 108, 116, 136), sizes())
        .map(([offset, put]) => ({ path: 'x', patches: [[offset, put.slice(0, 8)]] })),
    ),
    withEntry(
      'checksums that are wrong',
      fc.string({ minLength: 8, maxLength: 8 }).map((checksum) => ({ path: 'x', checksum })),
    ),
    kind(
      'extended headers of pax',
      pax(canary).map((content) => [
        { type: 'ExtendedHeader' as const, path: 'pax', content },
        { path: 'x', content: Buffer.from('x') },
      ]),
    ),
    kind(
      'long names of GNU',
      fc
        .tuple(
          fc.constantFrom('NextFileHasLongPath' as const, 'NextFileHasLongLinkpath' as const),
          fc.oneof(namesOut(canary), oddNames()),
        )
        .map(([type, name]) => [
          { type, path: '././@LongLink', content: Buffer.from(`${name}\0`) },
          { path: 'x', type: 'SymbolicLink' as const, linkpath: 'saved_model.pb' },
        ]),
    ),
    kind(
      'the same name twice, as file, folder or link',
      fc.array(
        fc.record({
          path: fc.constantFrom(
            'x',
            'x/',
            'X',
            'x/y',
            'saved_model.pb',
            'saved_model.pb/x',
            './saved_model.pb',
            'variables',
          ),
          type: fc.constantFrom('File' as const, 'Directory' as const, 'SymbolicLink' as const),
          linkpath: fc.constantFrom('saved_model.pb', 'x', 'variables', '.'),
        }),
        { minLength: 2, maxLength: 6 },
      ),
    ),
    kind(
      'up to 12,000 entries',
      fc
        .constantFrom(100, 3000, 12_000)
        .map((count) => Array.from({ length: count }, (_, at) => ({ path: `${at}` }))),
      0.004,
    ),
    bytes(
      'blocks missing, doubled or in another order',
      fc
        .array(fc.nat(8), { maxLength: 12 })
        .map((order) =>
          Buffer.concat(order.map((block) => packed().subarray(block * 512, block * 512 + 512))),
        ),
    ),
    bytes(
      'any bytes changed',
      anyDamage.map((damage) => damage(packed())),
    ),
    bytes(
      'gzip: cut short',
      damages['cut short'].map((cut) => cut(gzipSync(packed()))),
    ),
    bytes(
      'gzip: any bytes changed',
      anyDamage.map((damage) => damage(gzipSync(packed()))),
    ),
    bytes(
      'gzip: members one after another',
      fc
        .array(fc.constantFrom(gzipSync(packed()), gzipSync(''), Buffer.from('x'), packed()), {
          minLength: 1,
          maxLength: 5,
        })
        .map((members) => Buffer.concat(members)),
    ),
    bytes(
      'gzip: bombs within the limits',
      fc
        .constantFrom(...bombs)
        .map((count) => gzipSync(tarOf([...sane, { path: 'zeros', content: Buffer.alloc(count) }]))),
      0.01,
    ),
  ];
}

function kind(name: string, added: Arbitrary<readonly Entry[]>, share = 0.3): Kind {
  const archives = fc.tuple(fraction(), added, fc.boolean()).map(([at, entries, zipped]) => {
    const place = Math.floor(at * (sane.length + 1));
    const tar = tarOf([...sane.slice(0, place), ...entries, ...sane.slice(place)]);
    return zipped ? gzipSync(tar, { level: 1 }) : tar;
  });
  return bytes(name, archives, share);
}

function withEntry(name: string, entry: Arbitrary<Entry>): Kind {
  return kind(
    name,
    entry.map((one) => [one]),
  );
}

function bytes(name: string, archives: Arbitrary<Uint8Array>, share = 0.3): Kind {
  return {
    format: 'archive',
    name,
    share,
    inputs: archives.map((archive) => ({ files: { 'model.tar.gz': archive } })),
  };
}

function packed(): Buffer {
  return Buffer.from(tarOf(sane));
}
