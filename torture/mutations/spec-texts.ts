import fc, { type Arbitrary } from 'fast-check';

export function longTexts(): Arbitrary<string> {
  const lengths = fc.constantFrom(4000, 5000, 100_000, 250_000, 1_000_000);
  const shapes: ((length: number) => string)[] = [
    (length) => 'x'.repeat(length),
    (length) => `"${'a '.repeat(length / 2)}"`,
    (length) => `{ ${'k'.repeat(length)}: 1 }`,
    (length) => `|\n${'    line\n'.repeat(length / 9)}`,
    (length) => `"${'a\\\n  '.repeat(length / 5)}"`,
    (length) => `[${'1,'.repeat(length / 2)}]`,
    (length) => `{${Array.from({ length: length / 10 }, (_, key) => `k${key}: 1`).join(', ')}}`,
    (length) => `x\n${Array.from({ length: length / 10 }, (_, key) => `k${key}: 1`).join('\n')}`,
    (length) => `"${'\\u0041'.repeat(length / 6)}"`,
    (length) => `'${"''".repeat(length / 2)}'`,
    (length) => `x ${'#'.repeat(length)}`,
    (length) => `x\n${'# c\n'.repeat(length / 4)}`,
    (length) => `x${' '.repeat(length)}`,
    (length) => `x${'\n'.repeat(length)}`,
    (length) => '? '.repeat(length / 2),
    (length) => `&${'a'.repeat(length)} 1`,
    (length) => `!${'a'.repeat(length)} 1`,
  ];
  return fc.tuple(fc.constantFrom(...shapes), lengths).map(([shape, length]) => shape(length));
}

export function nestings(): Arbitrary<string> {
  const depths = fc.constantFrom(50, 99, 101, 1000, 10_000);
  const shapes: ((depth: number) => string)[] = [
    (depth) => '['.repeat(depth),
    (depth) => '['.repeat(depth) + ']'.repeat(depth),
    (depth) => '{a: '.repeat(depth) + '}'.repeat(depth),
    (depth) => '[{a: '.repeat(depth) + '}]'.repeat(depth),
    (depth) =>
      `\n${Array.from({ length: Math.min(depth, 600) }, (_, level) => `${' '.repeat(level + 1)}a:`).join('\n')}`,
    (depth) => `\n  ${'- '.repeat(depth)}x`,
    (depth) => `\n  ${'? '.repeat(depth)}x`,
    (depth) => `"${'['.repeat(depth)}"`,
    (depth) => '{? '.repeat(depth),
    (depth) => '!a '.repeat(depth),
    (depth) => `${'&a '.repeat(depth)}x`,
    (depth) => `[${'\n'.repeat(depth)}[`,
  ];
  return fc.tuple(fc.constantFrom(...shapes), depths).map(([shape, depth]) => shape(depth));
}

export function multiplied(): Arbitrary<string> {
  const counts = fc.record({
    levels: fc.integer({ min: 2, max: 30 }),
    width: fc.integer({ min: 2, max: 20 }),
    map: fc.boolean(),
  });
  return counts.map(({ levels, width, map }) => {
    const level = (number: number) => {
      const alias = `*l${number - 1}`;
      const items = Array.from({ length: width }, (_, item) => (map ? `k${item}: ${alias}` : alias)).join(
        ', ',
      );
      return `l${number}: &l${number} ${map ? `{${items}}` : `[${items}]`}`;
    };
    return `x\nl0: &l0 x\n${Array.from({ length: levels }, (_, number) => level(number + 1)).join('\n')}`;
  });
}

export function encodings(): Arbitrary<(text: string, at: number) => Uint8Array> {
  const latin = (text: string, at: number) => Buffer.from(inserted(text, at, '\xe9\xff\xc0'), 'latin1');
  const swapped = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const wide = (text: string) => Buffer.from(Uint32Array.from([0xfeff, ...Buffer.from(text)]).buffer);
  return fc.constantFrom<(text: string, at: number) => Uint8Array>(
    latin,
    (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    (text) => Buffer.from(text, 'utf16le'),
    swapped,
    wide,
    (text, at) =>
      Buffer.concat([Buffer.from(text.slice(0, at * text.length)), Buffer.of(0xed, 0xa0, 0x80, 0xf4, 0x90)]),
    (text) => Buffer.from(`\ufeff${text}`),
  );
}

export function inserted(text: string, at: number, put: string): string {
  const place = Math.floor(at * text.length);
  return text.slice(0, place) + put + text.slice(place);
}
