import { basename, dirname, extname, resolve } from 'node:path';
import type {
  Classification,
  ColorRange,
  Contract,
  DeclaredEndpoint,
  Example,
  FineTuning,
  Hyperparameter,
  ImageSize,
  Limits,
  Unconfirmed,
} from '../contract.js';
import { defaults, rangeOf } from '../defaults.js';
import { locationOf } from '../location.js';
import { bytesOf, millisecondsOf } from '../quantity.js';
import type { RawExample, RawFineTuning, RawImageSize, RawSpec } from '../raw-spec.js';

/** A valid spec with its defaults filled in and its paths made absolute. */
export function contractOf(
  raw: RawSpec,
  specPath: string,
  unconfirmed: readonly Unconfirmed[] = [],
): Contract {
  const path = resolve(specPath);
  const folder = dirname(path);
  return {
    specPath: path,
    name: raw.name ?? basename(path, extname(path)),
    model: locationOf(raw.model, raw.sha256, folder),
    api: raw.api,
    imageSize: imageSizeOf(raw.image_size),
    colorRange: colorRangeOf(raw.color_range ?? defaults.colorRange),
    outputSize: raw.num_classes ?? raw.num_features ?? 0,
    ...(raw.api === 'image-classification' && { classification: classificationOf(raw, folder) }),
    ...(raw.fine_tuning !== undefined && { fineTuning: fineTuningOf(raw.fine_tuning) }),
    hyperparameters: Object.entries(raw.hyperparameters ?? {}).map(
      ([name, one]): Hyperparameter => ({ name, ...one, affects: one.affects ?? defaults.affects }),
    ),
    examples: (raw.examples ?? []).map((example) => exampleOf(example, folder)),
    endpoint: endpointOf(raw.endpoint ?? defaults.endpoint),
    ...(raw.tolerance !== undefined && {
      tolerance: { absolute: defaults.tolerance, relative: defaults.tolerance, ...raw.tolerance },
    }),
    limits: limitsOf(raw.limits ?? {}),
    runs: raw.runs ?? defaults.runs,
    waivers: raw.waivers ?? [],
    unconfirmed,
  };
}

function imageSizeOf(size: number | RawImageSize): ImageSize {
  if (typeof size === 'number') return imageSizeOf({ height: size, width: size });
  const { height, width, recommended, outside = defaults.outside } = size;
  return {
    height: rangeOf(height),
    width: rangeOf(width),
    ...(recommended !== undefined && { recommended }),
    outside,
  };
}

function colorRangeOf(range: NonNullable<RawSpec['color_range']>): ColorRange {
  if ('mean' in range) return { kind: 'standardized', mean: range.mean, std: range.std };
  const [min, max] = range;
  return { kind: 'range', min, max };
}

function classificationOf(raw: RawSpec, folder: string): Classification {
  const { activation, activation_note: activationNote, classes } = raw;
  return {
    ...(activation !== undefined && { activation }),
    ...(activationNote !== undefined && { activationNote }),
    ...(classes !== undefined && { classes: classesOf(classes, folder) }),
  };
}

function classesOf(
  classes: NonNullable<RawSpec['classes']>,
  folder: string,
): NonNullable<Classification['classes']> {
  if (typeof classes === 'string') return { kind: 'file', path: resolve(folder, classes) };
  return { kind: 'url', url: classes.url, sha256: classes.sha256.toLowerCase(), count: classes.count };
}

function fineTuningOf(raw: RawFineTuning): FineTuning {
  return {
    trainableVariables: raw.trainable_variables ?? defaults.trainableVariables,
    trainingArgument: raw.training_argument ?? defaults.trainingArgument,
    ...(raw.training_effects ? { trainingEffects: raw.training_effects } : {}),
    regularizationLosses: raw.regularization_losses ?? defaults.regularizationLosses,
  };
}

function exampleOf({ image, class: answer, output = '', tolerance }: RawExample, folder: string): Example {
  const path = resolve(folder, output);
  return {
    image: resolve(folder, image),
    expects:
      answer === undefined
        ? { kind: 'output', path, tolerance: tolerance ?? defaults.exampleTolerance }
        : { kind: 'class', class: answer },
  };
}

function endpointOf(endpoint: NonNullable<RawSpec['endpoint']>): DeclaredEndpoint {
  if (typeof endpoint === 'string') return { kind: 'method', name: endpoint };
  return { kind: 'signature', name: endpoint.signature, output: endpoint.output };
}

function limitsOf(raw: NonNullable<RawSpec['limits']>): Limits {
  return {
    deadlineMs: millisecondsOf(raw.deadline ?? defaults.deadline),
    modelDeadlineMs: millisecondsOf(raw.model_deadline ?? defaults.modelDeadline),
    memoryBytes: bytesOf(raw.memory ?? defaults.memory),
    pixelsPerCall: raw.pixels_per_call ?? defaults.pixelsPerCall,
  };
}
