import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderProblem } from '../problem/render.js';
import { parseSpec } from './parse.js';

const good = `# a spec
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
const lines = good.split('\n');

const snippets = fc.constantFrom(
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
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
    '>\n',
    '#',
    '&side ',
    '*side',
    '<<: *side\n',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '!!set ',
    '!x ',
    'null',
    '~',
    'true',
    '-1',
    '0',
    '.nan',
    '.inf',
    '1e999',
    '0x1F',
    'yes',
    '2027-06-30',
  ],
  ...[
    '__proto__: 1\n',
    'constructor: 1\n',
    '\uFEFF',
    '\u0000',
    '\u001B[2J',
    '\u2028',
    '日本語',
    '😀',
    '\uD800',
    'é',
  ],
);

/** Cuts out a part of the text and puts something in its place. */
const edits = fc.tuple(
  fc.nat(good.length),
  fc.nat(12),
  fc.oneof(snippets, fc.string({ unit: 'binary', maxLength: 5 })),
);
const moves = fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1));

test('the spec that is mutated is a good one', () => {
  expect(parseSpec(good, 's.yaml').kind).toBe('contract');
});

test('of thousands of problems, the first hundred are listed', () => {
  const parsed = parseSpec(good.replace('[batch-norm, dropout]', `[${'1, '.repeat(1300)}]`), 's.yaml');
  const messages = parsed.kind === 'problems' ? parsed.problems.map(({ message }) => message) : [];
  expect(messages).toHaveLength(100);
  expect(messages.at(-1)).toMatch(/^this and \d{4} more problems are not listed$/);
});

test('edits of the text never throw, and problems lie inside the file', { timeout: 30_000 }, () => {
  const mutated = fc
    .array(edits, { minLength: 1, maxLength: 6 })
    .map((all) =>
      all.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), good),
    );
  fc.assert(fc.property(mutated, expectAnswer), { numRuns: 200 });
});

test('moved lines never throw, and problems lie inside the file', { timeout: 30_000 }, () => {
  const mutated = fc.array(moves, { minLength: 1, maxLength: 4 }).map((all) => {
    const text = [...lines];
    for (const [from, to] of all) text.splice(to, 0, ...text.splice(from, 1));
    return text.join('\n');
  });
  fc.assert(fc.property(mutated, expectAnswer), { numRuns: 200 });
});

test('other data in known keys never throws, and problems lie inside the file', { timeout: 30_000 }, () => {
  const keys = good.match(/^\w+(?=:)/gm) ?? [];
  const inner = good.match(/(?<=[ {])\w+(?=:)/g) ?? [];
  const values = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('leaf'), tie('list'), tie('mapping')),
    leaf: fc.oneof(
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
      fc.constantFrom('any', 'float', 'image-classification', 'cat', 'm.tar', 'a/b'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    mapping: fc.dictionary(fc.constantFrom(...inner), tie('value'), { maxKeys: 4 }),
  }));
  const specs = fc
    .dictionary(fc.constantFrom(...keys), values.value)
    .map((data) => JSON.stringify(data, null, 1));
  fc.assert(fc.property(specs, expectAnswer), { numRuns: 150 });
});

function expectAnswer(text: string): void {
  const parsed = parseSpec(text, 's.yaml', { checkIds: ['layout/channels-last'] });
  if (parsed.kind === 'contract') {
    expect(parsed.contract.outputSize).toBeGreaterThan(0);
    return;
  }
  const rows = text.split('\n');
  expect(parsed.problems.length).toBeGreaterThan(0);
  for (const problem of parsed.problems) {
    const row = rows[problem.line - 1];
    expect(row, `line ${problem.line}`).toBeDefined();
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeLessThanOrEqual((row?.length ?? 0) + 1);
    expect(problem.message).not.toMatch(/undefined|\[object|(?<!`)NaN/);
    if (problem.text !== '') expect(renderProblem(problem, { color: false })).toContain('^');
  }
}
