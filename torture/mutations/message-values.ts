import fc, { type Arbitrary } from 'fast-check';

/** Also in the ways in which messages of a SavedModel can hold others of their kind, from the inside out. */
export function nestings() {
  const cycles = [[], [1, 51], [1, 52], [2, 1, 53], [2, 2, 10], [2, 2, 9, 1], [3, 15], [1]];
  return fc.record({ depth: fc.constantFrom(10, 101, 1000, 10_000), cycle: fc.constantFrom(...cycles) });
}

export function numbers(): Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(0, 51, 100, 19_000, 2 ** 29 - 1, 2 ** 29));
}

export function extremes(): Arbitrary<bigint> {
  const powers = [7n, 8n, 15n, 16n, 31n, 32n, 53n, 62n, 63n].map((power) => 2n ** power);
  return fc.constantFrom(
    0n,
    1n,
    -1n,
    -2n,
    100n,
    1000n,
    ...powers.flatMap((power) => [power - 1n, power, -power]),
  );
}

export function lies(): Arbitrary<(length: number) => number | bigint> {
  return fc.oneof(
    fc.integer({ min: -8, max: 8 }).map((more) => (length: number) => Math.max(0, length + more)),
    fc
      .constantFrom(0n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 63n, 2n ** 64n - 1n)
      .map((lie) => () => lie),
  );
}

export function texts(): Arbitrary<Uint8Array> {
  const hostile = [
    '__proto__',
    'constructor',
    '\0',
    '../../etc/passwd',
    '\u001b[2J',
    '\u202e',
    '\ufeff',
    '%s%n',
    '{}',
  ];
  return fc.oneof(
    fc
      .constantFrom(...hostile, 'x'.repeat(100_000), '/'.repeat(5000), 'a.'.repeat(5000))
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 12 }),
  );
}
