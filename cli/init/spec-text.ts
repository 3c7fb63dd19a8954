import { basename } from 'node:path';
import { stringify } from 'yaml';
import { version } from '../../api/version.js';
import { pythonText } from '../../harness/savedmodel/python-text.js';
import type { Parameter } from '../../harness/savedmodel/saved-model.js';
import { shapeText } from '../../harness/savedmodel/shape.js';
import { visible } from '../../reports/wording/visible.js';
import { type Api, guessApi } from './guess-api.js';
import type { SpecFacts } from './spec-facts.js';

/** A spec with the facts about a model, and a comment that starts with `confirm` beside each value that they do not prove. */
export function specText(revealed: SpecFacts, model: string, wanted?: Api['name']): string {
  const api = apiFor(revealed, model, wanted);
  const lines: readonly Line[] = [
    [`# yaml-language-server: $schema=${schemaAddress}`],
    [
      '# Written by `assay init` from the files of the model. Values marked "confirm" are guesses or defaults:',
    ],
    ['# compare each with the documentation of the model, then remove the mark.'],
    [`model: ${scalar(model)}`],
    [`api: ${api.name}`, wanted === undefined ? guessed(api) : undefined],
    [],
    ...sizeLines(revealed),
    ...colorLines(revealed),
    [],
    ...outputLines(revealed, api),
    ...endpointLines(revealed),
    ...tuningLines(revealed),
    ...hyperparameterLines(revealed),
  ];
  return `${lines.map(lineText).join('\n')}\n`;
}

/** Where editors find the schema: a published package is at this address in the versions of its major and minor number. */
const schemaAddress = `https://unpkg.com/model-assay@${version().replace(/\.\d+$/, '')}/specs/spec.schema.json`;

/** As wanted, else as it looks. */
function apiFor(revealed: SpecFacts, model: string, wanted: Api['name'] | undefined): Api {
  const guessed = guessApi(revealed, basename(model));
  return wanted === undefined ? guessed : { ...guessed, name: wanted };
}

function guessed({ name, because }: Api): string {
  const other = name === 'image-classification' ? 'image-feature-vector' : 'image-classification';
  return `confirm: guessed, because ${because}; --api ${other} writes the other`;
}

type Line = readonly [text?: string, comment?: string | undefined];

/** Names of a model are anybody's text: in a comment they stay on its line. */
function lineText([text = '', comment]: Line): string {
  const told = text.trimStart().startsWith('#') ? visible(text) : text;
  return comment === undefined ? told : `${told.padEnd(44)} # ${visible(comment)}`;
}

/** Text as YAML wants it, on one line: in quotes where it could mean anything else. */
function scalar(value: string): string {
  const plain = /^[\w./ -]+$/.test(value);
  const oneLine = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };
  return stringify(value, { ...oneLine, defaultStringType: plain ? 'PLAIN' : 'QUOTE_DOUBLE' }).trimEnd();
}

function sizeLines({ images, otherImages }: SpecFacts): Line[] {
  const channelsFirst = images.shape?.[1] === 3 && images.shape[3] !== 3;
  const [height, width] = channelsFirst ? [2, 3] : [1, 2];
  const note = `the model takes ${images.dtype} ${shapeText(images.shape)}`;
  const also = otherImages.map((one) => shapeText(one.shape)).join(', ');
  const doubt = channelsFirst
    ? '; the contract wants channels last'
    : also === ''
      ? ''
      : `, and ${also}; what is written here alone is checked: write a range, or a spec for each`;
  return [
    ['image_size:', doubt === '' ? note : `confirm: ${note}${doubt}`],
    sideLine('height', images.shape?.[height]),
    sideLine('width', images.shape?.[width]),
  ];
}

function sideLine(side: 'height' | 'width', pixels: number | null | undefined): Line {
  if (typeof pixels === 'number' && pixels > 0) return [`  ${side}: ${pixels}`];
  return [`  ${side}: { min: 32, max: 512 }`, 'confirm: the model allows any; write the documented sizes'];
}

function colorLines({ images, pixels }: SpecFacts): Line[] {
  if (pixels) return [[`color_range: ${pixels.range}`, `confirm: ${pixels.because}`]];
  const whole = images.dtype === 'float32' ? '' : `, though it takes ${images.dtype}`;
  return [['color_range: [0, 1]', `confirm: the contract's range; nothing in the files supports it${whole}`]];
}

function outputLines({ output, lastOperation }: SpecFacts, { name, outputSize }: Api): Line[] {
  const key = name === 'image-classification' ? 'num_classes' : 'num_features';
  const seen = `the model returns ${output.dtype} ${shapeText(output.shape)}`;
  const last = output.shape?.at(-1);
  const size: Line = [`${key}: ${outputSize}`, typeof last === 'number' ? seen : `confirm: ${seen}`];
  if (name === 'image-feature-vector') return [size];
  const normalised = ['Softmax', 'Sigmoid', 'LogSoftmax'].includes(lastOperation);
  const activation = lastOperation === 'Sigmoid' ? 'sigmoid' : 'softmax';
  const why = normalised
    ? `the last operation is ${lastOperation}; the contract demands the scores before it`
    : 'or sigmoid, or other';
  return [
    size,
    [`activation: ${activation}`, `confirm: ${why}`],
    ['# classes: labels.txt', 'add: one name per line'],
  ];
}

function endpointLines({ endpoint, alone }: SpecFacts): Line[] {
  const several = alone ? '' : '; it returns more than this one tensor, which the contract does not allow';
  if (endpoint.kind === 'signature') {
    const text = `endpoint: { signature: ${scalar(endpoint.name)}, output: ${scalar(endpoint.output)} }`;
    return [[text, `confirm: the contract demands __call__, but here none accepts images${several}`]];
  }
  if (endpoint.name !== '__call__')
    return [
      [
        `endpoint: ${scalar(endpoint.name)}`,
        `confirm: the contract demands __call__, but here none accepts images${several}`,
      ],
    ];
  return alone ? [] : [['endpoint: __call__', `confirm${several.replace(';', ':')}`]];
}

function tuningLines({ trainableVariables, regularizationLosses, training, effects }: SpecFacts): Line[] {
  if (trainableVariables === 0 && !training) return [];
  return [
    [],
    ['fine_tuning:', 'confirm: remove it if the model is for inference only'],
    [`  trainable_variables: ${trainableVariables === 0 ? false : trainableVariables}`],
    [`  training_argument: ${training}`],
    ...(training
      ? [
          [
            `  training_effects: [${effects.join(', ')}]`,
            'confirm: inferred from the operations of a training call; further words: stochastic-depth, augmentation, noise, other',
          ] as const,
        ]
      : []),
    [`  regularization_losses: ${regularizationLosses}`],
  ];
}

function hyperparameterLines({ parameters, training }: SpecFacts): Line[] {
  const lines = parameters.filter(isOfModel).map((parameter) => hyperparameterLine(parameter, training));
  const described = lines.some(([text]) => text?.startsWith('  ') && !text.startsWith('  #'));
  if (lines.length === 0) return [];
  return [[], ...(described ? [['hyperparameters:'] as const] : []), ...lines];
}

/** Keras gives every model the argument `mask`, which images never have. */
function isOfModel({ name, default: value }: Parameter): boolean {
  return name !== 'mask' || value?.kind !== 'none';
}

function hyperparameterLine({ name, default: defaultValue }: Parameter, training: boolean): Line {
  const type = defaultValue === undefined ? undefined : types[defaultValue.kind];
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  const finite = defaultValue?.kind !== 'float' || Number.isFinite(defaultValue.value);
  if (defaultValue === undefined)
    return [`  # ${name}`, 'a required argument, which the contract does not allow'];
  if (defaultValue.kind === 'none' && plain)
    return [
      `  # ${name}: { type: float, default: 0.0 }`,
      'its default is None: declare it with the number that None stands for',
    ];
  if (type === undefined || !plain || !finite)
    return [`  # ${name}=${pythonText(defaultValue)}`, 'not a type that a hyperparameter can have'];
  const affects = !training ? 'inference' : name.includes('momentum') ? 'state' : 'training';
  const range = type === 'bool' ? '' : ', and add min and max';
  const text = `  ${name}: { type: ${type}, default: ${pythonText(defaultValue).toLowerCase()}, affects: ${affects} }`;
  return [text, `confirm what it affects${range}`];
}

const types: Readonly<Record<string, string>> = { bool: 'bool', int: 'int', float: 'float' };
