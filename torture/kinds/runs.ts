import { readFileSync } from 'node:fs';
import fc, { type Arbitrary } from 'fast-check';
import { inProject } from '../../proof/project.js';
import type { Kind } from '../kind.js';
import { anyDamage, fraction, itemAt } from '../mutations/bytes.js';

const text = readFileSync(inProject('reports', 'golden', 'run.golden.json'), 'utf8');

/** An object or a list of a run, and one of its keys. */
type Place = { readonly holder: Record<string, unknown>; readonly key: string };

/** Everything that can happen to a stored run. Whatever is accepted is written as every report. */
export const runKinds: readonly Kind[] = [
  onPlace(
    'a key dropped',
    () => true,
    fc.constant(undefined),
    ({ holder, key }) => (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key]),
  ),
  onPlace(
    'a key misspelt',
    ({ holder }) => !Array.isArray(holder),
    fc.constantFrom('x', '_', ' '),
    ({ holder, key }, put) => {
      holder[key + put] = holder[key];
      delete holder[key];
    },
  ),
  onPlace(
    'an item doubled',
    ({ holder }) => Array.isArray(holder),
    fc.constantFrom(2, 50),
    ({ holder, key }, times) =>
      Array.isArray(holder) && holder.push(...Array.from({ length: times - 1 }, () => holder[Number(key)])),
  ),
  onPlace('a value of another type', () => true, fc.jsonValue({ maxDepth: 3 }), put),
  onPlace(
    'a value in the place of another',
    () => true,
    fraction(),
    ({ holder, key }, at) => {
      const other = itemAt(placesIn(JSON.parse(text)), at);
      holder[key] = other.holder[other.key];
    },
  ),
  onPlace('texts of hostile content', ({ holder, key }) => typeof holder[key] === 'string', texts(), put),
  onPlace(
    'numbers at extremes',
    ({ holder, key }) => typeof holder[key] === 'number',
    fc.constantFrom(-1, 0, 0.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 1e-320),
    put,
  ),
  onPlace(
    'deep nesting',
    () => true,
    fc.constantFrom(100, 500),
    ({ holder, key }, depth) => {
      holder[key] = JSON.parse(`${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`);
    },
    0.2,
  ),
  bytes(
    'deep nesting of the whole file',
    fc
      .tuple(fc.constantFrom('[', '{"a":', '[{"a":'), fc.constantFrom(1000, 10_000, 100_000))
      .map(([open, depth]) => Buffer.from(open.repeat(depth))),
    0.05,
  ),
  bytes(
    'any bytes changed',
    anyDamage.map((damage) => damage(Buffer.from(text))),
  ),
  bytes(
    'other encodings',
    fc.constantFrom(
      Buffer.from(`\ufeff${text}`),
      Buffer.from(text, 'utf16le'),
      Buffer.from(text.replaceAll('e', 'é'), 'latin1'),
      Buffer.from(text.replaceAll('e', '\\ud800')),
    ),
    0.02,
  ),
];

function bytes(name: string, runs: Arbitrary<Uint8Array>, share = 0.5): Kind {
  return { format: 'run.json', name, share, inputs: runs.map((run) => ({ files: { 'run.json': run } })) };
}

function onPlace<T>(
  name: string,
  fits: (place: Place) => boolean,
  values: Arbitrary<T>,
  change: (place: Place, value: T) => unknown,
  share = 0.5,
): Kind {
  const runs = fc.tuple(fraction(), values).map(([at, value]) => {
    const run = JSON.parse(text);
    change(itemAt(placesIn(run).filter(fits), at), value);
    return Buffer.from(JSON.stringify(run));
  });
  return bytes(name, runs, share);
}

function put({ holder, key }: Place, value: unknown): void {
  holder[key] = value;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

function texts(): Arbitrary<string> {
  const some = [
    '',
    '\0',
    '\x1b[2J',
    '\u202e',
    '\ud800',
    '</script><script>alert(1)</script>',
    ']]>',
    '<!--',
    '`|\n|`',
    '\\',
    '"',
    "'",
    '../../x',
    '\r\n::error::x',
    '%0A',
    '__proto__',
    'x'.repeat(100_000),
    '\n'.repeat(5000),
    '\ufffe\uffff',
    '| '.repeat(20_000),
    '`'.repeat(20_000),
    '('.repeat(20_000),
  ];
  return fc.oneof(fc.constantFrom(...some), fc.string({ unit: 'binary', maxLength: 40 }));
}
