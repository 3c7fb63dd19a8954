import fc, { type Arbitrary } from 'fast-check';

type Damage = Arbitrary<(bytes: Uint8Array) => Uint8Array>;

/** A place in something, as a fraction of its length; all are equally likely, unlike what `fc.double` gives. */
export function fraction(): Arbitrary<number> {
  return fc.nat(2 ** 30 - 1).map((part) => part / 2 ** 30);
}

/** The item at a fraction of a list that is not empty. */
export function itemAt<T>(items: readonly T[], at: number): T {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}

/** Ways to spoil bytes of any format, by name. */
export const damages = {
  'bits flipped': fc
    .array(fc.record({ at: fraction(), bit: fc.nat(7) }), { minLength: 1, maxLength: 4 })
    .map((flips) => (bytes) => flips.reduce(flipped, bytes)),
  'bytes overwritten': fc.record({ at: fraction(), put: put(1, 16) }).map(
    ({ at, put }) =>
      (bytes) =>
        spliced(bytes, at, put.length, put),
  ),
  'cut short': fraction().map((at) => (bytes) => bytes.subarray(0, placeIn(bytes, at))),
  'a piece removed': fc.record({ at: fraction(), count: fc.integer({ min: 1, max: 512 }) }).map(
    ({ at, count }) =>
      (bytes) =>
        spliced(bytes, at, count, new Uint8Array()),
  ),
  'bytes inserted': fc.record({ at: fraction(), put: put(1, 64) }).map(
    ({ at, put }) =>
      (bytes) =>
        spliced(bytes, at, 0, put),
  ),
  'a range doubled': fc.record({ at: fraction(), count: fc.integer({ min: 1, max: 4096 }) }).map(
    ({ at, count }) =>
      (bytes) =>
        spliced(bytes, at, 0, bytes.subarray(placeIn(bytes, at), placeIn(bytes, at) + count)),
  ),
} satisfies Readonly<Record<string, Damage>>;

/** Any of the ways. */
export const anyDamage: Damage = fc.oneof(...Object.values(damages));

function flipped(bytes: Uint8Array, { at, bit }: { readonly at: number; readonly bit: number }): Uint8Array {
  const place = placeIn(bytes, at);
  return spliced(bytes, at, 1, Uint8Array.of((bytes[place] ?? 0) ^ (1 << bit)));
}

function spliced(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  const place = placeIn(bytes, at);
  return Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)]);
}

function placeIn(bytes: Uint8Array, at: number): number {
  return Math.floor(at * bytes.length);
}

function put(minLength: number, maxLength: number): Arbitrary<Uint8Array> {
  const same = fc.tuple(fc.constantFrom(0, 0xff, 0x80, 0x7f), fc.integer({ min: minLength, max: maxLength }));
  return fc.oneof(
    fc.uint8Array({ minLength, maxLength }),
    same.map(([byte, count]) => new Uint8Array(count).fill(byte)),
  );
}
