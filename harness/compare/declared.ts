import { isDeepStrictEqual } from 'node:util';
import { classNamesIn } from '../contract/class-names.js';
import type { Contract, Hyperparameter, SizeRange } from '../contract/contract.js';
import { rangeInWords } from '../contract/range-in-words.js';
import type { ContractDifference } from '../verdict/comparison.js';
import { forAll, forTraining } from './effects.js';

/** What two specs promise differently. */
export function declaredDifferences(old: Contract, now: Contract): ContractDifference[] {
  return [
    ...sizes('image height', old.imageSize.height, now.imageSize.height),
    ...sizes('image width', old.imageSize.width, now.imageSize.width),
    ...values(old, now),
    ...classes(old, now),
    ...training(old, now),
    ...hyperparameters(old, now),
  ];
}

function sizes(what: string, old: SizeRange, now: SizeRange): ContractDifference[] {
  if (isDeepStrictEqual(old, now)) return [];
  const told = { what, old: rangeInWords(old), new: rangeInWords(now) };
  return covers(now, old)
    ? [forAll('widening', { ...told, why: 'Every size that OLD allows is allowed.' })]
    : [forAll('breaking', { ...told, why: 'Sizes that OLD allows are not promised any more.' })];
}

/** Whether every size of one range is in another. */
function covers(outer: SizeRange, inner: SizeRange): boolean {
  const isIn = (size: number) =>
    size >= outer.min && size <= outer.max && (size - outer.min) % outer.step === 0;
  return isIn(inner.min) && isIn(inner.max) && (inner.min === inner.max || inner.step % outer.step === 0);
}

/** Single promises that are kept as they are, or not. */
function values(old: Contract, now: Contract): ContractDifference[] {
  const pairs: readonly (readonly [string, unknown, unknown, string])[] = [
    ['kind of model', old.api, now.api, 'Outputs mean something else.'],
    ['columns', old.outputSize, now.outputSize, 'What reads the output expects as many columns as before.'],
    ['colour range', old.colorRange, now.colorRange, 'The same pixels stand for other colours.'],
    ['endpoint', old.endpoint, now.endpoint, 'The call that OLD promises is not the one that NEW does.'],
    [
      'activation',
      old.classification?.activation,
      now.classification?.activation,
      'Scores are meant for another activation.',
    ],
  ];
  return pairs.flatMap(([what, one, other, why]) =>
    isDeepStrictEqual(one, other)
      ? []
      : [forAll('breaking', { what, old: textOf(one), new: textOf(other), why })],
  );
}

function classes(old: Contract, now: Contract): ContractDifference[] {
  const [before, after] = [namesOf(old), namesOf(now)];
  if (before === undefined || isDeepStrictEqual(before, after)) return [];
  if (after === undefined) {
    const why = 'Nobody can tell any more which class a column is.';
    return [forAll('breaking', { what: 'classes', old: `${before.length} names`, new: 'no list', why })];
  }
  const at = before.findIndex((name, index) => name !== after[index]);
  const off = before.filter((name, index) => name !== after[index]).length;
  const why = `${off} of ${before.length} columns have another name, the first of them ${at}.`;
  const [one = '', other = 'no name'] = [before[at], after[at]];
  if (at === -1)
    return [
      forAll('widening', {
        what: 'classes',
        old: `${before.length} names`,
        new: `${after.length} names`,
        why: 'All names of before are where they were.',
      }),
    ];
  return [forAll('breaking', { what: `class ${at}`, old: one, new: other, why })];
}

/** The names in the file of classes, or the hash of a list that is elsewhere. */
function namesOf({ classification }: Contract): readonly string[] | undefined {
  const list = classification?.classes;
  if (list === undefined) return undefined;
  return list.kind === 'file' ? classNamesIn(list.path) : [list.sha256];
}

function training({ fineTuning: old }: Contract, { fineTuning: now }: Contract): ContractDifference[] {
  if (old === undefined && now === undefined) return [];
  const what = 'fine-tuning';
  if (now === undefined)
    return [
      forTraining('breaking', { what, old: 'promised', new: 'not promised', why: 'NEW cannot be trained.' }),
    ];
  if (old === undefined)
    return [forTraining('widening', { what, old: 'not promised', new: 'promised', why: 'It is new.' })];
  const keys = [
    ['training argument', 'trainingArgument'],
    ['trainable variables', 'trainableVariables'],
    ['regularization losses', 'regularizationLosses'],
    ['effects of training', 'trainingEffects'],
  ] as const;
  return keys.flatMap(([name, key]) =>
    isDeepStrictEqual(old[key], now[key])
      ? []
      : [
          forTraining('breaking', {
            what: name,
            old: textOf(old[key]),
            new: textOf(now[key]),
            why: 'Training does not do what it did.',
          }),
        ],
  );
}

function hyperparameters(old: Contract, now: Contract): ContractDifference[] {
  const after = new Map(now.hyperparameters.map((one) => [one.name, one]));
  const lost = old.hyperparameters.flatMap((one) => hyperparameter(one, after.get(one.name)));
  const known = new Set(old.hyperparameters.map(({ name }) => name));
  const added = now.hyperparameters
    .filter(({ name }) => !known.has(name))
    .map((one) =>
      forAll('widening', {
        what: `hyperparameter ${one.name}`,
        old: 'none',
        new: inWords(one),
        why: 'It need not be passed.',
      }),
    );
  return [...lost, ...added];
}

function hyperparameter(old: Hyperparameter, now: Hyperparameter | undefined): ContractDifference[] {
  if (isDeepStrictEqual(old, now)) return [];
  const told = { what: `hyperparameter ${old.name}`, old: inWords(old), new: now ? inWords(now) : 'none' };
  if (now === undefined)
    return [forAll('breaking', { ...told, why: 'Calls that pass it are not promised any more.' })];
  if (now.default !== old.default)
    return [forAll('breaking', { ...told, why: 'Calls that leave it out get another value.' })];
  const wider =
    (now.min ?? -Infinity) <= (old.min ?? -Infinity) && (now.max ?? Infinity) >= (old.max ?? Infinity);
  return now.type === old.type && wider
    ? [forAll('widening', { ...told, why: 'Every value that OLD allows is allowed.' })]
    : [forAll('breaking', { ...told, why: 'Values that OLD allows are not promised any more.' })];
}

function inWords({ type, default: usual, min, max }: Hyperparameter): string {
  const range = min === undefined && max === undefined ? '' : `, ${min ?? 'any'} to ${max ?? 'any'}`;
  return `${type}, default ${usual}${range}`;
}

function textOf(value: unknown): string {
  return value === undefined ? 'not said' : typeof value === 'string' ? value : JSON.stringify(value);
}
