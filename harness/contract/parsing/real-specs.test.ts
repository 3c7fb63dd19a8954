import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Contract } from '../contract.js';
import { parseSpec, readSpec } from './parse.js';

/** What published documentation says, model family by model family, and what the spec makes of it. */
const specs: readonly [promise: string, text: string, contract: unknown][] = [
  ['a fixed size', classifier('image_size: { height: 224, width: 224 }'), { imageSize: square(224) }],
  ['a fixed size, as one number', classifier('image_size: 299'), { imageSize: square(299) }],
  [
    'a fixed size that is not square',
    classifier('image_size: { height: 160, width: 320 }'),
    { imageSize: { height: fixed(160), width: fixed(320), outside: 'unspecified' } },
  ],
  [
    'any size within limits, one of them recommended',
    classifier(
      'image_size: { height: { min: 75, max: 600 }, width: { min: 75, max: 600 }, recommended: [299, 299] }',
    ),
    {
      imageSize: {
        height: range(75, 600),
        width: range(75, 600),
        recommended: [299, 299],
        outside: 'unspecified',
      },
    },
  ],
  [
    'flexible, 600 recommended',
    classifier(
      'image_size: { height: { min: 128, max: 1024 }, width: { min: 128, max: 1024 }, recommended: [600, 600] }',
    ),
    { imageSize: { recommended: [600, 600] } },
  ],
  [
    'multiples of 2',
    classifier('image_size: { height: { min: 2, max: 512, step: 2 }, width: { min: 2, max: 512, step: 2 } }'),
    { imageSize: { height: range(2, 512, 2) } },
  ],
  [
    'multiples of 16 in height, fixed in width',
    classifier('image_size: { height: { min: 16, max: 512, step: 16 }, width: 224 }'),
    { imageSize: { height: range(16, 512, 16), width: fixed(224) } },
  ],
  [
    'any size, because the model resizes inside',
    classifier(
      'image_size: { height: { min: 1, max: 8192 }, width: { min: 1, max: 8192 }, recommended: [512, 512] }',
    ),
    { imageSize: { height: range(1, 8192) } },
  ],
  [
    'sizes outside are refused',
    classifier('image_size: { height: 224, width: 224, outside: refused }'),
    { imageSize: { outside: 'refused' } },
  ],
  [
    'one range for both sides, by an anchor',
    classifier('image_size: { height: &side { min: 32, max: 512 }, width: *side }'),
    { imageSize: { height: range(32, 512), width: range(32, 512) } },
  ],
  ['1001 classes with a background row', classifier('', 1001), { outputSize: 1001, classification: {} }],
  ['1000 classes', classifier('', 1000), { outputSize: 1000 }],
  ['21841 classes of ImageNet-21k', classifier('', 21841), { outputSize: 21841 }],
  [
    '21843 classes, logits for sigmoid',
    classifier('activation: sigmoid', 21843),
    { outputSize: 21843, classification: { activation: 'sigmoid' } },
  ],
  ['logits for softmax', classifier('activation: softmax'), { classification: { activation: 'softmax' } }],
  [
    'scores for something else',
    classifier('activation: other\nactivation_note: "softmax over the first 1000, sigmoid over the rest"'),
    {
      classification: {
        activation: 'other',
        activationNote: 'softmax over the first 1000, sigmoid over the rest',
      },
    },
  ],
  ['scores for nobody says what', classifier(''), { classification: {} }],
  [
    'a list of classes in a file',
    classifier('classes: labels.txt'),
    { classification: { classes: { kind: 'file', path: '/specs/labels.txt' } } },
  ],
  [
    'a list of classes elsewhere, pinned',
    classifier(
      `classes: { url: "https://example.org/ImageNetLabels.txt", sha256: ${'Ab'.repeat(32)}, count: 1001 }`,
    ),
    {
      classification: {
        classes: {
          kind: 'url',
          url: 'https://example.org/ImageNetLabels.txt',
          sha256: 'ab'.repeat(32),
          count: 1001,
        },
      },
    },
  ],
  [
    'images in [-1, 1]',
    classifier('color_range: [-1, 1]'),
    { colorRange: { kind: 'range', min: -1, max: 1 } },
  ],
  [
    'images in [0, 255]',
    classifier('color_range: [0, 255]'),
    { colorRange: { kind: 'range', min: 0, max: 255 } },
  ],
  [
    "images by ImageNet's mean and deviation",
    classifier('color_range: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }'),
    { colorRange: { kind: 'standardized', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } },
  ],
  [
    '1280 features, for inference only',
    features(''),
    { api: 'image-feature-vector', outputSize: 1280, hyperparameters: [] },
  ],
  [
    'fine-tuning with batch norm, its momentum an argument',
    features(`fine_tuning:
  trainable_variables: true
  training_argument: true
  training_effects: [batch-norm]
  regularization_losses: 52
hyperparameters:
  batch_norm_momentum: { type: float, default: 0.99, min: 0, max: 1, affects: state }`),
    {
      fineTuning: {
        trainableVariables: true,
        trainingArgument: true,
        trainingEffects: ['batch-norm'],
        regularizationLosses: 52,
      },
      hyperparameters: [
        { name: 'batch_norm_momentum', type: 'float', default: 0.99, min: 0, max: 1, affects: 'state' },
      ],
    },
  ],
  [
    'dropout and depth as arguments, any number of losses',
    classifier(`fine_tuning: { trainable_variables: 321, training_argument: true, training_effects: [batch-norm, dropout, stochastic-depth], regularization_losses: any }
hyperparameters:
  dropout_rate: { type: float, default: 0.2, min: 0.0, max: 0.9 }
  survival_steps: { type: int, default: 4, min: 1, max: 8 }
  use_noise: { type: bool, default: false }`),
    {
      fineTuning: { trainableVariables: 321, regularizationLosses: 'any' },
      hyperparameters: [
        { name: 'dropout_rate', type: 'float', default: 0.2, min: 0, max: 0.9, affects: 'training' },
        { name: 'survival_steps', type: 'int', default: 4, min: 1, max: 8, affects: 'training' },
        { name: 'use_noise', type: 'bool', default: false, affects: 'training' },
      ],
    },
  ],
  [
    'fine-tuning where training changes nothing, without losses',
    features(
      'fine_tuning: { trainable_variables: true, training_argument: true, training_effects: [], regularization_losses: 0 }',
    ),
    { fineTuning: { trainingArgument: true, trainingEffects: [], regularizationLosses: 0 } },
  ],
  [
    'an argument that changes inference',
    features('hyperparameters: { output_scale: { type: float, default: 1.0, affects: inference } }'),
    { hyperparameters: [{ name: 'output_scale', type: 'float', default: 1, affects: 'inference' }] },
  ],
  [
    'a signature instead of the object',
    classifier('endpoint: { signature: serving_default, output: logits }'),
    { endpoint: { kind: 'signature', name: 'serving_default', output: 'logits' } },
  ],
  [
    'another method of the root',
    features('endpoint: serve'),
    { endpoint: { kind: 'method', name: 'serve' } },
  ],
  [
    'known answers',
    classifier(`classes: labels.txt
examples:
  - { image: grace_hopper.jpg, class: 653 }
  - { image: images/cat.png, class: tabby cat }
  - { image: cat.png, output: cat.npy, tolerance: 1.0e-2 }
  - { image: cat.png, output: cat.npy }`),
    {
      examples: [
        { image: '/specs/grace_hopper.jpg', expects: { kind: 'class', class: 653 } },
        { image: '/specs/images/cat.png', expects: { kind: 'class', class: 'tabby cat' } },
        { image: '/specs/cat.png', expects: { kind: 'output', path: '/specs/cat.npy', tolerance: 0.01 } },
        { image: '/specs/cat.png', expects: { kind: 'output', path: '/specs/cat.npy', tolerance: 0.001 } },
      ],
    },
  ],
  [
    'a large model, by its URL, with limits of its own',
    features(
      `sha256: "${'0'.repeat(64)}"\nlimits: { deadline: 1.5h, memory: 512MB, pixels_per_call: 16000000 }\nruns: 20`,
      'https://tfhub.example/m/1?tf-hub-format=compressed',
    ),
    {
      model: {
        kind: 'url',
        url: 'https://tfhub.example/m/1?tf-hub-format=compressed',
        sha256: '0'.repeat(64),
      },
      limits: {
        deadlineMs: 5_400_000,
        modelDeadlineMs: 1_800_000,
        memoryBytes: 512_000_000,
        pixelsPerCall: 16_000_000,
      },
      runs: 20,
    },
  ],
  [
    'an archive',
    features('', 'models/m.tar.gz'),
    { model: { kind: 'archive', path: '/specs/models/m.tar.gz' } },
  ],
  [
    'a pinned archive',
    features(`sha256: ${'aB'.repeat(32)}`, '/data/m.tgz'),
    { model: { kind: 'archive', path: '/data/m.tgz', sha256: 'ab'.repeat(32) } },
  ],
  [
    'known failures',
    features(`waivers:
  - { check: layout/channels-last, reason: "converted from NCHW, tracked in #12", expires: 2027-06-30 }
  - { check: output/dtype, reason: half precision }`),
    {
      waivers: [
        {
          check: 'layout/channels-last',
          reason: 'converted from NCHW, tracked in #12',
          expires: '2027-06-30',
        },
        { check: 'output/dtype', reason: 'half precision' },
      ],
    },
  ],
  [
    'a tolerance of its own',
    features('tolerance: { absolute: 1.0e-5, relative: 1.0e-4 }'),
    { tolerance: { absolute: 1e-5, relative: 1e-4 } },
  ],
  [
    'half a tolerance',
    features('tolerance: { relative: 1.0e-3 }'),
    { tolerance: { absolute: 0, relative: 1e-3 } },
  ],
];

test.each(specs)('%s', (_, text, contract) => {
  expect(contractIn(text)).toMatchObject(contract as object);
});

test('what is left out gets its default', () => {
  expect(contractIn(features(''))).toEqual({
    specPath: '/specs/some-model.yaml',
    name: 'some-model',
    model: { kind: 'folder', path: '/models/some' },
    api: 'image-feature-vector',
    imageSize: square(224),
    colorRange: { kind: 'range', min: 0, max: 1 },
    outputSize: 1280,
    hyperparameters: [],
    examples: [],
    endpoint: { kind: 'method', name: '__call__' },
    limits: {
      deadlineMs: 60_000,
      modelDeadlineMs: 1_800_000,
      memoryBytes: 4 * 1024 ** 3,
      pixelsPerCall: 4_000_000,
    },
    runs: 100,
    waivers: [],
    unconfirmed: [],
  });
});

test('what fine_tuning leaves out gets its default', () => {
  expect(contractIn(features('fine_tuning: {}')).fineTuning).toEqual({
    trainableVariables: true,
    trainingArgument: false,
    regularizationLosses: 'any',
  });
});

describe('notations', () => {
  test('JSON, indented by tabs, with its schema named', () => {
    const spec = {
      $schema: './spec.schema.json',
      model: '../m',
      api: 'image-feature-vector',
      image_size: 224,
      num_features: 9,
    };
    expect(contractIn(JSON.stringify(spec))).toMatchObject({ outputSize: 9 });
    expect(contractIn(JSON.stringify(spec, null, '\t'))).toMatchObject({ outputSize: 9 });
  });

  test('merge keys, of which what is written itself wins', () => {
    const text = `model: ../m
api: image-feature-vector
num_features: 9
image_size: { height: 1, width: 1 }
fine_tuning: { training_argument: true }
hyperparameters:
  one: &base { type: float, default: 0.5, min: 0, max: 1 }
  two: { <<: *base, max: 2 }
  three: { max: 3, <<: [*base, { max: 4, affects: state }] }`;
    expect(contractIn(text).hyperparameters).toEqual([
      { name: 'one', type: 'float', default: 0.5, min: 0, max: 1, affects: 'training' },
      { name: 'two', type: 'float', default: 0.5, min: 0, max: 2, affects: 'training' },
      { name: 'three', type: 'float', default: 0.5, min: 0, max: 3, affects: 'state' },
    ]);
  });

  test('carriage returns, a leading mark, a trailing one and comments', () => {
    const text = `---\n# a spec\n${features('')} # the end\n...\n`.replaceAll('\n', '\r\n');
    expect(contractIn(text)).toMatchObject({ outputSize: 1280 });
  });
});

test('values and keys can be found again', () => {
  const parsed = parseSpec(classifier('examples:\n  - { image: a.png, class: 3 }'), '/specs/m.yaml');
  if (parsed.kind === 'problems') throw new Error('the spec has problems');
  expect(parsed.locate(['num_classes'])).toEqual({ line: 3, column: 14 });
  expect(parsed.locate(['examples', 0, 'class'])).toEqual({ line: 5, column: 28 });
  expect(parsed.locate(['examples', 0, 'tolerance'])).toEqual({ line: 5, column: 5 });
  expect(parsed.locate(['limits', 'memory'])).toEqual({ line: 1, column: 1 });
  expect(parsed.positions.get('num_classes')).toEqual({ line: 3, column: 1 });
  expect(parsed.positions.get('examples[0].class')).toEqual({ line: 5, column: 21 });
});

const real = process.env.ASSAY_REAL_SPECS;
test.skipIf(real === undefined)(
  'specs of real models, in the folder that ASSAY_REAL_SPECS names',
  async () => {
    const files = globSync('*.yaml', { cwd: real ?? '', absolute: true });
    expect(files).not.toEqual([]);
    for (const file of files)
      expect(await readSpec(file, { checkFiles: true }), file).toMatchObject({ kind: 'contract' });
  },
);

function contractIn(text: string): Contract {
  const parsed = parseSpec(text, '/specs/some-model.yaml');
  if (parsed.kind === 'problems')
    throw new Error(parsed.problems.map((one) => `${one.line}: ${one.message}`).join('\n'));
  return parsed.contract;
}

function classifier(rest: string, classes = 1001): string {
  return specOf('image-classification', `num_classes: ${classes}`, rest, '../models/some');
}

function features(rest: string, model = '../models/some'): string {
  return specOf('image-feature-vector', 'num_features: 1280', rest, model);
}

function specOf(api: string, width: string, rest: string, model: string): string {
  const size = rest.startsWith('image_size') ? '' : 'image_size: 224';
  return [`model: ${model}`, `api: ${api}`, width, rest, size].filter((line) => line !== '').join('\n');
}

function fixed(pixels: number) {
  return range(pixels, pixels);
}

function range(min: number, max: number, step = 1) {
  return { min, max, step };
}

function square(pixels: number) {
  return { height: fixed(pixels), width: fixed(pixels), outside: 'unspecified' };
}
