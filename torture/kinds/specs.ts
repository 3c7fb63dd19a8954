import fc, { type Arbitrary } from 'fast-check';
import { Document } from 'yaml';
import type { Kind } from '../kind.js';
import { anyDamage, fraction, itemAt } from '../mutations/bytes.js';
import {
  atLine,
  edits,
  good,
  inPlaceOfValue,
  type PairChange,
  pairwise,
  scalars,
} from '../mutations/spec-edits.js';
import { encodings, inserted, longTexts, multiplied, nestings } from '../mutations/spec-texts.js';

/** Everything that can happen to a spec. */
export const specKinds: readonly Kind[] = [
  kind(
    'a key dropped',
    onPair((pair, pairs) => void pairs.splice(pairs.indexOf(pair), 1)),
  ),
  kind(
    'a key doubled',
    onPair((pair, pairs) => void pairs.push(pair)),
  ),
  kind(
    'a key misspelt',
    fc
      .tuple(fraction(), fraction(), fc.constantFrom('', 'x', '_', 'E', ' ', 'é', '\u200b'))
      .map(([at, place, put]) =>
        pairwise(at, (pair) => {
          const key = String(pair.key);
          const split = Math.floor(place * key.length);
          pair.key = key.slice(0, split) + put + key.slice(split + 1);
        }),
      ),
  ),
  kind(
    'a value of another type',
    fc.tuple(fraction(), fc.jsonValue({ maxDepth: 3 })).map(([at, value]) =>
      pairwise(at, (pair) => {
        pair.value = new Document(value).contents;
      }),
    ),
  ),
  kind(
    'a value in the place of another',
    fc.tuple(fraction(), fraction()).map(([one, other]) =>
      pairwise(one, (pair, _, all) => {
        pair.value = itemAt(all, other).value;
      }),
    ),
  ),
  kind(
    'numbers, dates and tags of YAML',
    fc.tuple(fraction(), fc.constantFrom(...scalars)).map(([at, scalar]) => inPlaceOfValue(at, scalar)),
  ),
  kind(
    'long texts, keys and lines',
    fc.tuple(fraction(), longTexts()).map(([at, text]) => inPlaceOfValue(at, text)),
    0.1,
  ),
  kind(
    'deep nesting',
    fc.tuple(fraction(), nestings()).map(([at, text]) => inPlaceOfValue(at, text)),
    0.1,
  ),
  kind(
    'aliases that multiply',
    fc.tuple(fraction(), multiplied()).map(([at, text]) => inPlaceOfValue(at, text)),
    0.2,
  ),
  kind(
    'anchors that hold themselves, and merge keys',
    fc
      .tuple(
        fraction(),
        fc.constantFrom(
          '&a [*a]',
          '&a {b: *a}',
          '&a {? *a : 1}',
          '{<<: *side}',
          '{<<: [*side, *side]}',
          '&b {<<: *b}',
          '{<<: 1}',
          '*nowhere',
          '&a &b x',
          '&side 1',
        ),
      )
      .map(([at, text]) => inPlaceOfValue(at, text)),
    0.3,
  ),
  kind(
    'control characters and byte order marks',
    fc
      .tuple(
        fraction(),
        fc.constantFrom(
          ...'\0\x01\x07\x08\x1b\x7f\x85\xa0\u2028\u2029\ufeff\ufffe\u202e\u200b\t\r',
          '\r\n',
          '\x1b]0;x\x07',
        ),
      )
      .map(([at, put]) => inserted(good, at, put)),
  ),
  kind(
    'UTF-16, UTF-32 and bytes that are no UTF-8',
    fc.tuple(fraction(), encodings()).map(([at, encode]) => encode(good, at)),
    0.5,
  ),
  kind(
    'several documents, directives and comments',
    fc
      .tuple(
        fraction(),
        fc.constantFrom(
          '---\n',
          '...\n',
          '--- ',
          '%YAML 1.1\n---\n',
          '%TAG ! tag:x,2000:\n',
          '# x\n',
          '? ',
          '- ',
          ': ',
          '\n---\n...\n---\n',
        ),
      )
      .map(([at, put]) => atLine(at, put)),
  ),
  kind(
    'pieces of text moved and cut',
    fc
      .array(edits(), { minLength: 1, maxLength: 6 })
      .map((all) => all.reduce((text, edit) => edit(text), good)),
  ),
  kind(
    'any bytes changed',
    anyDamage.map((damage) => damage(Buffer.from(good))),
  ),
  { ...kind('any JSON', fc.json({ maxDepth: 4 }), 0.5) },
];

function kind(name: string, texts: Arbitrary<string | Uint8Array>, share = 1): Kind {
  const inputs = texts.map((text) => ({ files: { 'spec.yaml': Buffer.from(text) } }));
  return { format: 'spec', name, share, inputs };
}

function onPair(change: PairChange): Arbitrary<string> {
  return fraction().map((at) => pairwise(at, change));
}
