import path from 'node:path';
import { classNamesIn } from '../../harness/contract/class-names.js';
import type { ColorRange, Contract, Hyperparameter } from '../../harness/contract/contract.js';
import { rangeInWords } from '../../harness/contract/range-in-words.js';
import { table } from '../../reports/markdown/table.js';

/** What the contract demands that a model's documentation states, in Markdown. */
export function contractText(contract: Contract): string {
  const rows = [
    ['Images', `float32 [batch, height, width, 3], ${colorsText(contract.colorRange)}; any number of images`],
    ['Height', rangeInWords(contract.imageSize.height, ' pixels')],
    ['Width', rangeInWords(contract.imageSize.width, ' pixels')],
    ...(contract.imageSize.recommended ? [['Recommended', contract.imageSize.recommended.join(' × ')]] : []),
    ['Output', outputText(contract)],
    ...classRows(contract),
    ...trainingRows(contract),
  ];
  const blocks = [table(['', ''], rows), hyperparameterTable(contract.hyperparameters), usageText(contract)];
  return blocks.filter(Boolean).join('\n\n');
}

function colorsText(range: ColorRange): string {
  if (range.kind === 'range') return `values in [${range.min}, ${range.max}]`;
  return `values in [0, 1], less the mean [${range.mean.join(', ')}], divided by [${range.std.join(', ')}]`;
}

function outputText({ api, outputSize, classification }: Contract): string {
  if (api === 'image-feature-vector') return `float32 [batch, ${outputSize}]: features`;
  const { activation, activationNote } = classification ?? {};
  const meant = activation === 'other' ? activationNote : activation && `meant for ${activation}`;
  return [`float32 [batch, ${outputSize}]: logits, one for each class`, meant].filter(Boolean).join(', ');
}

function classRows({ classification, outputSize }: Contract): string[][] {
  const list = classification?.classes;
  if (list === undefined) return [];
  if (list.kind === 'url')
    return [['Classes', `${list.count}, by index in ${list.url} (SHA-256 ${list.sha256})`]];
  const names = classNamesIn(list.path) ?? [];
  const ends = [0, outputSize - 1].flatMap((at) =>
    names[at] === undefined ? [] : [`${at} is ${names[at]}`],
  );
  return [['Classes', `by index in ${path.basename(list.path)}: ${ends.join(', ')}`]];
}

function trainingRows({ fineTuning }: Contract): string[][] {
  if (fineTuning === undefined) return [['Fine-tuning', 'not promised: inference only']];
  const { trainableVariables, trainingArgument, trainingEffects = [], regularizationLosses } = fineTuning;
  const says = [
    typeof trainableVariables === 'number'
      ? `${trainableVariables} trainable variables`
      : 'trainable variables',
    trainingArgument ? 'training=True and training=False' : '',
    trainingEffects.length > 0 ? `training changes ${trainingEffects.join(', ')}` : '',
    regularizationLosses === 'any' ? '' : `${regularizationLosses} regularization losses`,
  ];
  return [['Fine-tuning', says.filter(Boolean).join('; ')]];
}

function hyperparameterTable(all: readonly Hyperparameter[]): string {
  if (all.length === 0) return '';
  const rows = all.map(({ name, type, default: usual, min, max, affects }) => [
    name,
    type,
    String(usual),
    min === undefined && max === undefined ? '' : `${min ?? ''} to ${max ?? ''}`,
    affects,
  ]);
  return table(['Argument', 'Type', 'Default', 'Range', 'Affects'], rows);
}

/** How it is called, with what is usual for every argument. */
function usageText(contract: Contract): string {
  const { imageSize, endpoint, fineTuning, hyperparameters } = contract;
  const [height, width] = imageSize.recommended ?? [imageSize.height.min, imageSize.width.min];
  const call =
    endpoint.kind === 'signature'
      ? `model.signatures[${text(endpoint.name)}](images)[${text(endpoint.output)}]`
      : endpoint.name === '__call__'
        ? 'model(images)'
        : `model.${endpoint.name}(images)`;
  const code = [
    'import tensorflow as tf',
    'import tensorflow_hub as hub',
    '',
    'path = "path/to/model"',
    `images = tf.zeros([1, ${height}, ${width}, 3])  # ${colorsText(contract.colorRange)}`,
    'model = hub.load(path)',
    `outputs = ${call}`,
    ...(endpoint.kind === 'method' && endpoint.name === '__call__'
      ? [
          '',
          `layer = hub.KerasLayer(path${layerArguments(fineTuning !== undefined, hyperparameters)})`,
          'outputs = layer(images)',
        ]
      : []),
  ];
  return ['```python', ...code, '```'].join('\n');
}

function layerArguments(trainable: boolean, hyperparameters: readonly Hyperparameter[]): string {
  const usual = hyperparameters.map(({ name, default: value }) => `${name}=${pythonText(value)}`);
  return `${trainable ? ', trainable=True' : ''}${usual.length > 0 ? `, arguments=dict(${usual.join(', ')})` : ''}`;
}

function pythonText(value: number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

/** A Python string, without signs that could end what it stands in. */
function text(value: string): string {
  return JSON.stringify(value.replaceAll(/[`<>]/g, ''));
}
