import fc, { type Arbitrary } from 'fast-check';
import { type Document, type Pair, parseDocument, visit } from 'yaml';
import { fraction, itemAt } from './bytes.js';

/** A spec that has every key. */
export const good = `# a spec
model: ../m.tar.gz
sha256: ${'ab'.repeat(32)}
name: "some model"
api: image-classification
image_size:
  height: &side { min: 32, max: 512, step: 32 }
  width: *side
  recommended: [224, 224]
  outside: refused
color_range: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
num_classes: 1001
activation: softmax
classes: labels.txt
fine_tuning:
  trainable_variables: 156
  training_argument: true
  training_effects: [batch-norm, dropout]
  regularization_losses: 55
hyperparameters:
  dropout_rate: { type: float, default: 0.2, min: 0.0, max: 0.9, affects: training }
examples:
  - { image: a.jpg, class: 653 }
  - { image: cat.png, output: cat.npy, tolerance: 1.0e-3 }
endpoint: { signature: serving_default, output: logits }
tolerance: { absolute: 1.0e-5, relative: 1.0e-4 }
limits: { deadline: 60s, memory: 4GiB, pixels_per_call: 4000000 }
runs: 100
waivers:
  - { check: layout/channels-last, reason: "from NCHW, #12", expires: 2027-06-30 }
`;

/** What is put between quotes, or is a text of YAML itself. */
export const scalars = [
  '1e999',
  '-0',
  '.inf',
  '-.inf',
  '.nan',
  '0x1F',
  '0o17',
  '0b11',
  '1_000',
  '00012',
  '+1',
  '1e-400',
  '9007199254740993',
  '99999999999999999999',
  '2027-06-30',
  '2027-13-45',
  '2001-12-14t21:59:43.10-05:00',
  '12:30:45',
  'yes',
  'NULL',
  '~',
  '',
  '=',
  '<<',
  '[]',
  '{}',
  '[[]]',
  '{a: 1}',
  '"\\u0000"',
  '"\\ud800"',
  '"\\x1b[31m"',
  "''",
  '!!binary aGk=',
  '!!set {a}',
  '!!js/function "x"',
  '!!timestamp 2001-01-01',
  '!!float 1',
  '!x y',
  '*side',
  '|\n  x',
  '>-\n  x',
  '"/dev/zero"',
  '../../etc',
];

export type PairChange = (pair: Pair, pairs: Pair[], all: readonly Pair[]) => void;

/** The spec after a change of one of its keys, at any depth. */
export function pairwise(at: number, change: PairChange): string {
  const document = parseDocument(good);
  const all: { pair: Pair; pairs: Pair[] }[] = [];
  visit(document, { Map: (_, { items }) => void all.push(...items.map((pair) => ({ pair, pairs: items }))) });
  const { pair, pairs } = itemAt(all, at);
  change(
    pair,
    pairs,
    all.map((one) => one.pair),
  );
  return textOf(document);
}

/** An anchor that was dropped leaves aliases that cannot be written; the spec as it was, then. */
function textOf(document: Document): string {
  try {
    return document.toString();
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof Error) return good;
    throw error;
  }
}

/** The value of a key at the start of a line, as text. */
export function inPlaceOfValue(at: number, value: string): string {
  const places = [...good.matchAll(/(?<=^ *\w+: )[^\n]+|(?<=[[{,:] )[^\n,{}[\]]+(?=[,}\]])/gm)];
  const { index, 0: old } = itemAt(places, at);
  return good.slice(0, index) + value + good.slice(index + old.length);
}

export function atLine(at: number, put: string): string {
  const lines = good.split('\n');
  const line = Math.floor(at * lines.length);
  return [...lines.slice(0, line), put + (lines[line] ?? ''), ...lines.slice(line + 1)].join('\n');
}

export function edits(): Arbitrary<(text: string) => string> {
  const snippets = fc.oneof(
    fc.constantFrom(
      '\n',
      ' ',
      '- ',
      '? ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|\n',
      '#',
      '<<: *side\n',
      ...scalars,
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  return fc.tuple(fraction(), fc.nat(40), snippets).map(([at, length, put]) => (text) => {
    const place = Math.floor(at * text.length);
    return text.slice(0, place) + put + text.slice(place + length);
  });
}
