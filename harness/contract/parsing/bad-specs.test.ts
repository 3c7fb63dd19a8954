import { describe, expect, test } from 'vitest';
import { parseSpec } from './parse.js';

const checkIds = ['output/shape', 'layout/channels-last', 'input/color-range'];
const good = `model: ../m
api: image-classification
image_size: { height: 224, width: 224 }
num_classes: 10
`;
const vector = `model: ../m
api: image-feature-vector
image_size: { height: 224, width: 224 }
num_features: 10
`;
const tunable = `${good}fine_tuning: { training_argument: true }\n`;

/** A spec, and everything that is said about it: `line:column message | hint`. */
type Case = readonly [name: string, text: string, ...problems: string[]];

const notYaml: readonly Case[] = [
  [
    'nothing',
    '',
    '1:1 the spec is empty | start with `model: path/to/model`; `assay init MODEL` writes a whole spec',
  ],
  [
    'only comments',
    '# a spec\n',
    '1:1 the spec is empty | start with `model: path/to/model`; `assay init MODEL` writes a whole spec',
  ],
  [
    'null',
    'null',
    '1:1 the spec is empty | start with `model: path/to/model`; `assay init MODEL` writes a whole spec',
  ],
  [
    'a list',
    '- model: x',
    '1:1 the spec must be a mapping of keys to values, not a list | `assay init MODEL` writes a spec',
  ],
  [
    'text',
    '\n  just text',
    '2:3 the spec must be a mapping of keys to values, not the text "just text" | `assay init MODEL` writes a spec',
  ],
  ['a tab', `${good}limits:\n\truns: 3`, '6:1 a tab cannot indent YAML | use spaces'],
  ['two documents', `${good}---\n${good}`, '5:1 a second document starts here | write one file per model'],
  [
    'a key twice',
    `${good}api: image-classification`,
    '5:1 the key `api` is given twice | keep one of the two',
  ],
  [
    'a key twice, further in',
    'image_size: { height: 1, height: 2 }',
    '1:26 the key `height` is given twice | keep one of the two',
  ],
  [
    'an open bracket',
    `${good}color_range: [0, 1`,
    '5:19 YAML cannot be read: flow sequence in block collection must be sufficiently indented and end with a ] | fix the YAML here or just above',
  ],
  [
    'an open quote',
    `${good}name: "abc`,
    '5:11 YAML cannot be read: missing closing "quote | fix the YAML here or just above',
  ],
  [
    'a colon in a value',
    `${good}name: a: b`,
    '5:7 a value with `: ` in it, or a line indented too far | put the value in quotes, or line the key up with the one above',
  ],
  [
    'an at sign',
    `${good}name: @home`,
    '5:7 a value cannot start with this character | put the value in quotes',
  ],
  [
    'no such anchor',
    `${good}runs: *many`,
    '5:7 no anchor above is called `many` | mark a value with `&many`',
  ],
  [
    'an anchor in itself',
    'examples: &all [{ image: *all }]',
    '1:26 `*all` is inside `&all` itself | write the value out',
  ],
  [
    'a merge of a number',
    'limits: { <<: 3 }',
    '1:15 `<<` needs a mapping | write `<<: *anchor`, where `&anchor` marks a mapping',
  ],
  ['a key that is a list', '? [a]\n: 1', '1:3 a key must be plain text | write `key: value`'],
  [
    'a tag',
    'name: !secret x',
    '1:7 a spec has no tagged values | remove the tag, or put the value in quotes',
  ],
  ['bytes', 'name: !!binary aGk=', '1:16 a spec has no tagged values | remove the tag'],
  ['a directive', `%FANCY\n---\n${good}`, '1:1 a spec has no directives | remove the line'],
  [
    'a byte order mark',
    `\uFEFF${good}`,
    '1:1 the file starts with a byte order mark | save it as UTF-8 without one',
  ],
  [
    'far too long',
    `${good}#${'x'.repeat(300_000)}`,
    '1:1 a spec of 300095 characters | a spec has at most 262144 characters',
  ],
  [
    'brackets without end',
    `model: ${'['.repeat(100_000)}`,
    '1:108 the spec is nested too deeply | a spec has at most four levels',
  ],
  [
    'dashes without end',
    `a:\n${'- '.repeat(50_000)}`,
    '2:1 the spec is nested too deeply | a spec has at most four levels',
  ],
  [
    'question marks without end, after a key of a mapping',
    `a: 1\nb:\n  c: ${'? '.repeat(2000)}`,
    '3:4 the spec is nested too deeply | a spec has at most four levels',
  ],
  [
    'a long line',
    `${good}notes: ${'x'.repeat(100_000)}\n`,
    `${good.split('\n').length}:1 a line of more than 4096 characters | name files by their paths, and keep notes short`,
  ],
  [
    'a long text over several lines',
    `${good}notes: |\n${`  ${'x'.repeat(80)}\n`.repeat(100)}`,
    `${good.split('\n').length}:8 a text of more than 4096 characters | name files by their paths, and keep notes short`,
  ],
  [
    'an alias bomb',
    bomb(),
    '1:23 the aliases expand to more values than a spec can have | write the values out',
  ],
];

const wrongKeys: readonly Case[] = [
  [
    'nothing that is required',
    '{}',
    '1:1 `model` is missing | for example `model: ../models-under-test/tiny-classifier`',
    '1:1 `api` is missing | for example `api: image-classification`',
    '1:1 `image_size` is missing | for example `image_size: { height: 224, width: 224 }`',
  ],
  [
    'a misspelt key, which is not missing too',
    good.replace('model', 'modle'),
    '1:1 unknown key `modle` | did you mean `model`?',
  ],
  [
    'another spelling',
    good.replace('num_classes', 'numClasses'),
    '4:1 unknown key `numClasses` | did you mean `num_classes`?',
  ],
  [
    'a misspelt key further in',
    good.replace('height', 'heigth'),
    '3:15 unknown key `heigth` in `image_size` | did you mean `height`?',
  ],
  [
    'a key at the wrong level',
    `${good}training_argument: true`,
    '5:1 unknown key `training_argument` | `training_argument` belongs in `fine_tuning`',
  ],
  [
    'a key too far in',
    `${good}limits: { runs: 3 }`,
    '5:11 unknown key `runs` in `limits` | `runs` belongs at the top',
  ],
  [
    'a key of no one',
    `${vector}limits: { threads: 3 }`,
    '5:11 unknown key `threads` in `limits` | known here: deadline, model_deadline, memory, pixels_per_call',
  ],
  [
    'the key __proto__',
    `${good}__proto__: { runs: 3 }`,
    '5:1 unknown key `__proto__` | known here: model, sha256, name, api, image_size, color_range, num_classes, num_features, activation, activation_note, classes, fine_tuning, hyperparameters, examples, endpoint, tolerance, limits, runs, waivers',
  ],
  [
    'half a range',
    good.replace('height: 224', 'height: { min: 32 }'),
    '3:23 `max` is missing in `image_size.height` | for example `max: 512`',
  ],
  [
    'half a size',
    good.replace(', width: 224', ''),
    '3:13 `width` is missing in `image_size` | for example `width: 224`',
  ],
  [
    'a classifier without classes',
    good.replace(/num.*/, ''),
    '1:1 `num_classes` is missing | for example `num_classes: 1001`',
  ],
  [
    'a classifier with features',
    good.replace('num_classes', 'num_features'),
    '1:1 `num_classes` is missing | for example `num_classes: 1001`',
    '4:1 a classifier has no `num_features` | it has `num_classes`, or the api is `image-feature-vector`',
  ],
  [
    'a feature vector with classes',
    `${vector}num_classes: 3\nactivation: softmax\nclasses: c.txt`,
    '5:1 a feature vector has no `num_classes` | it has `num_features`, or the api is `image-classification`',
    '6:1 a feature vector has no `activation` | remove it',
    '7:1 a feature vector has no `classes` | remove them',
  ],
  [
    'other without a note',
    `${good}activation: other`,
    '1:1 `activation: other` needs an `activation_note` | describe what the scores are meant for',
  ],
  [
    'a URL without its hash',
    good.replace('../m', 'https://example.org/m'),
    '1:1 a model behind a URL needs its `sha256` | add the SHA-256 of the archive, in hexadecimal',
  ],
  [
    'half a list of classes',
    `${good}classes: { url: "https://example.org/c.txt" }`,
    '5:10 `sha256` is missing in `classes` | for example `sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`',
    '5:10 `count` is missing in `classes` | for example `count: 1001`',
  ],
  [
    'half a signature',
    `${good}endpoint: { signature: s }`,
    '5:11 `output` is missing in `endpoint` | for example `output: logits`',
  ],
  [
    'an example without an answer',
    `${good}examples:\n  - image: a.png`,
    '6:5 the example has no answer | add `class: 653` or `output: scores.npy`',
  ],
  [
    'an example with two answers',
    `${good}examples: [{ image: a.png, class: 3, output: a.npy }]`,
    '5:28 an example has a `class` or an `output`, not both | write two examples for one image',
  ],
  [
    'a tolerance for a class',
    `${good}examples: [{ image: a.png, class: 3, tolerance: 1 }]`,
    '5:38 `tolerance` belongs to an `output` | a class is right or wrong',
  ],
  [
    'a waiver without a reason',
    `${good}waivers: [{ check: output/shape }]`,
    '5:11 `reason` is missing in `waivers[0]` | for example `reason: "converted from NCHW, tracked in #12"`',
  ],
];

const wrongValues: readonly Case[] = [
  ['no value', `${good}runs:`, '5:1 `runs` has no value | for example `runs: 100`'],
  [
    'no value in a section',
    `${good}limits:\nruns: 3`,
    '5:1 `limits` has no value | add one, or remove the key',
  ],
  [
    'text for a number',
    good.replace('10', 'ten'),
    '4:14 `num_classes` must be a whole number, not the text "ten" | for example `1001`',
  ],
  [
    'a number in quotes',
    good.replace('10', '"10"'),
    '4:14 `num_classes` must be a whole number, not the text "10" | write it without quotes',
  ],
  [
    'half a class',
    good.replace('10', '10.5'),
    '4:14 `num_classes` must be a whole number, not 10.5 | for example `1001`',
  ],
  ['no classes', good.replace('10', '0'), '4:14 `num_classes` must be at least 1, not 0'],
  ['a huge image', good.replace('224', '70000'), '3:23 `image_size.height` must be at most 65536, not 70000'],
  [
    'infinitely many runs',
    `${good}runs: .inf`,
    '5:7 `runs` must be a whole number, not .inf | for example `100`',
  ],
  ['a number for a name', `${good}name: 1.0`, '5:7 `name` must be text, not 1.0 | put it in quotes: "1.0"'],
  [
    'a name of two lines',
    `${good}name: "a\\nb"`,
    '5:7 a name is one line of text that neither starts nor ends with a space, not the text "a\\nb"',
  ],
  [
    'an empty path',
    good.replace('../m', '""'),
    '1:8 `model` is empty | for example `../models-under-test/tiny-classifier`, `model.tar.gz` or `https://example.org/model.tar.gz`',
  ],
  [
    'another api',
    good.replace('image-classification', 'image-clasification'),
    '2:6 `api` must be `image-classification` or `image-feature-vector`, not the text "image-clasification" | did you mean `image-classification`?',
  ],
  [
    'half an api',
    good.replace('image-classification', 'classification'),
    '2:6 `api` must be `image-classification` or `image-feature-vector`, not the text "classification" | did you mean `image-classification`?',
  ],
  [
    'a word for a size',
    good.replace('224', 'any'),
    '3:23 `image_size.height` must be a number of pixels or a mapping with `min` and `max`, not the text "any" | for example `224` or `{ min: 32, max: 512, step: 32 }`',
  ],
  [
    'three numbers for a size',
    `${good.replace('width: 224', 'width: 224, recommended: [224, 224, 3]')}`,
    '3:53 `image_size.recommended` must have 2 values, not 3 | for example `[224, 224]`',
  ],
  [
    'two means',
    `${good}color_range: { mean: [0, 0], std: [1, 1, 1] }`,
    '5:22 `color_range.mean` must have 3 values, not 2 | for example `[0.485, 0.456, 0.406]`',
  ],
  [
    'a deviation of zero',
    `${good}color_range: { mean: [0, 0, 0], std: [1, 0, 1] }`,
    '5:42 `color_range.std[1]` must be at least 0.0001, not 0',
  ],
  [
    'a word for the colours',
    `${good}color_range: imagenet`,
    '5:14 `color_range` must be a list `[min, max]` or a mapping with `mean` and `std`, not the text "imagenet" | for example `[0, 1]` or `{ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }`',
  ],
  [
    'yes',
    `${good}fine_tuning: { training_argument: yes }`,
    '5:35 `fine_tuning.training_argument` must be true or false, not the text "yes" | write `true`',
  ],
  [
    'an unknown effect',
    `${tunable.replace(' }\nfine', '')}`.replace(
      'argument: true',
      'argument: true, training_effects: [batchnorm, dropout, dropout]',
    ),
    '5:60 `fine_tuning.training_effects[0]` must be `batch-norm`, `dropout`, `stochastic-depth`, `augmentation`, `noise` or `other`, not the text "batchnorm" | did you mean `batch-norm`?',
    '5:80 `fine_tuning.training_effects` lists the text "dropout" twice | keep one of the two',
  ],
  [
    'some losses',
    `${good}fine_tuning: { regularization_losses: some }`,
    '5:39 `fine_tuning.regularization_losses` must be a whole number or `any`, not the text "some" | for example `0`, `55` or `any`',
  ],
  [
    'a short hash',
    `${good.replace('../m', 'm.tar')}sha256: 12ab`,
    '5:9 a SHA-256 is 64 hexadecimal digits, not the text "12ab" | `sha256sum FILE` prints it',
  ],
  [
    'a hash that YAML takes for a number',
    `${good.replace('../m', 'm.tar')}sha256: ${'1'.repeat(64)}`,
    `5:9 \`sha256\` must be text, not ${'1'.repeat(64)} | put it in quotes: "${'1'.repeat(64)}"`,
  ],
  [
    'a deadline without a unit',
    `${good}limits: { deadline: 60 }`,
    '5:21 `limits.deadline` must be text, not 60 | for example `60s`, `2m` or `500ms`',
  ],
  [
    'no time at all',
    `${good}limits: { deadline: 0s }`,
    '5:21 a duration is a number with `ms`, `s`, `m` or `h`, not the text "0s" | for example `60s` or `2m`',
  ],
  [
    'memory with a space',
    `${good}limits: { memory: 4 GB }`,
    '5:19 an amount of memory is a number with `MB`, `GB`, `MiB`, `GiB` and so on, not the text "4 GB" | for example `4GiB` or `512MB`',
  ],
  [
    'the 31st of June',
    `${good}waivers: [{ check: output/shape, reason: r, expires: 2027-06-31 }]`,
    '5:54 a day is written year-month-day, not the text "2027-06-31" | for example `2027-06-30`',
  ],
  [
    'a list for a mapping',
    `${good}hyperparameters: [dropout]`,
    '5:18 `hyperparameters` must be a mapping of keys to values, not a list | for example `{ dropout_rate: { type: float, default: 0.2, min: 0, max: 0.9 } }`',
  ],
  [
    'a method with a dot',
    `${good}endpoint: model.call`,
    '5:11 a method is named as in Python: letters, digits and underscores, not the text "model.call" | for a signature write `{ signature: serving_default, output: logits }`',
  ],
  [
    'a hyperparameter with a dash',
    `${tunable}hyperparameters: { drop-rate: { type: float, default: 0 } }`,
    "6:20 `drop-rate` is no name of a hyperparameter | use the argument's name in Python (`training` has its own key, `fine_tuning.training_argument`)",
  ],
  [
    'a default of another type',
    `${tunable}hyperparameters:\n  a: { type: bool, default: 1, min: 0 }\n  b: { type: int, default: 0.5 }\n  c: { type: float, default: high }`,
    '7:29 the default of a `bool` must be true or false, not 1',
    '7:32 a `bool` has no `min` | remove it',
    '8:28 the default of an `int` must be a whole number, not 0.5',
    '9:30 the default of a `float` must be a number, not the text "high"',
  ],
  [
    'an empty tolerance',
    `${good}tolerance: {}`,
    '5:12 `tolerance` is empty | for example `{ absolute: 0.00001, relative: 0.0001 }`',
  ],
];

const contradictions: readonly Case[] = [
  [
    'a range turned round',
    good.replace('224', '{ min: 512, max: 32 }'),
    '3:30 min 512 is larger than max 32 | swap them',
  ],
  [
    'a step that misses the end',
    good.replace('224', '{ min: 32, max: 500, step: 32 }'),
    '3:39 steps of 32 from 32 do not reach max 500 | write `max: 480` or `max: 512`',
  ],
  [
    'a recommendation off the steps',
    good.replace('height: 224', 'height: { min: 32, max: 512, step: 32 }, recommended: [600, 300]'),
    '3:70 the recommended height 600 is not an allowed one | allowed: 32 to 512 in steps of 32',
    '3:75 the recommended width 300 is not an allowed one | allowed: 224',
  ],
  [
    'no call can hold an image',
    `${good}limits: { pixels_per_call: 1000 }`,
    '5:28 a call with 3 images of 224×224 has 150528 pixels, but may have at most 1000 | write `limits: { pixels_per_call: 150528 }` or more',
  ],
  [
    'images beyond the usual limit',
    good.replaceAll('224', '3000'),
    '3:13 a call with 3 images of 3000×3000 has 27000000 pixels, but may have at most 4000000 | write `limits: { pixels_per_call: 27000000 }` or more',
  ],
  [
    'colours turned round',
    `${good}color_range: [1, 0]`,
    '5:14 color_range starts at 1 and ends at 0 | write the smaller value first: `[0, 1]`',
  ],
  [
    'a default out of range',
    `${tunable}hyperparameters: { rate: { type: float, default: 2, max: 1 } }`,
    '6:50 the default 2 of `rate` is not an allowed value | allowed: up to 1',
  ],
  [
    'a range of values turned round',
    `${tunable}hyperparameters: { rate: { type: float, default: 2, min: 3, max: 1 } }`,
    '6:58 min 3 is larger than max 1 | swap them',
  ],
  [
    'a training argument that is not there',
    `${good}hyperparameters:\n  rate: { type: float, default: 0 }\n  pace: { type: float, default: 0, affects: state }`,
    '6:3 `rate` affects training, but the call takes no `training` argument | write `fine_tuning: { training_argument: true }`, or `affects: inference`',
    '7:45 `pace` affects state, but the call takes no `training` argument | write `fine_tuning: { training_argument: true }`, or `affects: inference`',
  ],
  [
    'effects of a training that is not there',
    `${good}fine_tuning: { training_effects: [dropout] }`,
    '5:34 training has effects, but the call takes no `training` argument | write `training_argument: true` beside it, or remove `training_effects`',
  ],
  [
    'a class beyond the last',
    `${good}examples: [{ image: a.png, class: 10 }]`,
    '5:35 there is no class 10; there are 10 | indices run from 0 to 9',
  ],
  [
    'a class without a list',
    `${good}examples: [{ image: a.png, class: cat }]`,
    '5:35 the text "cat" is the name of a class, but the spec has no list of classes | add `classes: labels.txt`, or use the index of the class',
  ],
  [
    'a class of a single one',
    'model: m\napi: image-classification\nimage_size: 224\nnum_classes: 1\nexamples: [{ image: a.png, class: 0 }]',
    '5:35 with one class, every image has it | use `output: scores.npy` instead',
  ],
  [
    'a class of a feature vector',
    `${vector}examples: [{ image: a.png, class: 1 }]`,
    '5:35 a feature vector has no classes | use `output: scores.npy` instead',
  ],
  [
    'plain http',
    `${good.replace('../m', 'http://example.org/m')}sha256: ${'a'.repeat(64)}`,
    '1:8 a model cannot be downloaded over http:// | use an https URL, or download it and use its path',
  ],
  [
    'a bucket',
    good.replace('../m', 'gs://bucket/m'),
    '1:8 a model cannot be downloaded over gs:// | use an https URL, or download it and use its path',
  ],
  [
    'the hash of a folder',
    `${good}sha256: ${'a'.repeat(64)}`,
    '5:1 `sha256` is for an archive or a URL, but the model is a folder | remove it, or use an archive: `.tar.gz`, `.tgz` or `.tar`',
  ],
  [
    'a check that is not there',
    `${good}waivers: [{ check: layout/chanels-last, reason: r }]`,
    '5:20 no check is called `layout/chanels-last` | did you mean `layout/channels-last`?',
  ],
  [
    'a check of safety',
    `${good}waivers: [{ check: safety/no-dangerous-ops, reason: r }]`,
    "5:20 a check of safety can't be waived | fix the model, or run it with `--allow-unsafe`",
  ],
  [
    'a check waived twice',
    `${good}waivers: [{ check: output/shape, reason: r }, { check: output/shape, reason: s }]`,
    '5:56 `output/shape` is waived twice | keep one of the two',
  ],
  [
    'an anchor that is wrong is wrong once',
    good.replace('height: 224, width: 224', 'height: &a { min: 9, max: 3 }, width: *a'),
    '3:33 min 9 is larger than max 3 | swap them',
  ],
];

describe.each([
  ['not YAML', notYaml],
  ['wrong keys', wrongKeys],
  ['wrong values', wrongValues],
  ['contradictions', contradictions],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_, text, ...problems) => {
    expect(said(text)).toEqual(problems);
  });
});

test('all problems at once, in the order of the file', () => {
  const text = `modl: x
api: image-clasification
image_size: { height: { min: 9, max: 3 }, width: "9" }
runs: 0
waivers: [3, { check: nothing/here, reason: r }]
`;
  expect(said(text).map((line) => line.replace(/ .*/, ''))).toEqual([
    '1:1',
    '2:6',
    '3:30',
    '3:50',
    '4:7',
    '5:11',
    '5:23',
  ]);
});

test('any check may be waived where the checks are not known', () => {
  expect(parseSpec(`${good}waivers: [{ check: my/check, reason: r }]`, 's.yaml').kind).toBe('contract');
});

test('a problem carries its file and its line', () => {
  const parsed = parseSpec(`${good}runs: 0\r\n`, 'specs/a.yaml');
  expect(parsed).toMatchObject({ problems: [{ file: 'specs/a.yaml', text: 'runs: 0' }] });
});

function said(text: string): string[] {
  const parsed = parseSpec(text, 'spec.yaml', { checkIds });
  if (parsed.kind === 'contract') return [];
  return parsed.problems.map(
    ({ line, column, message, hint }) =>
      `${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

function bomb(): string {
  const level = (name: string, below: string) =>
    `${name}: &${name} [${Array(10).fill(`*${below}`).join(', ')}]`;
  return [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghij'].map((name, at) => level(name, 'abcdefghij'.charAt(at))),
  ].join('\n');
}
