import { basename } from 'node:path';
import { numberText } from '../../harness/check/compare.js';
import { classNamesIn } from '../../harness/contract/class-names.js';
import type { Contract, Example } from '../../harness/contract/contract.js';
import { UnusableArray } from '../../harness/images/read-npy.js';
import { readRegularFile } from '../../harness/verdict/regular-file.js';
import { isSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { scoresIn } from './npy.js';

/** What the model must give for an example: the highest score at one of these classes, or these scores. */
export type ExpectedAnswer =
  | { readonly kind: 'class'; readonly indices: readonly number[] }
  | {
      readonly kind: 'scores';
      readonly values: Float64Array;
      readonly tolerance: number;
      readonly file: string;
    };

/** The expected answer of a row of scores, and the actual one. */
export type Mistake = { readonly expected: string; readonly actual: string };

/** The expected answer of an example is unknown; the spec or its files are the reason. */
export class UnknownAnswer extends UserError {}

/** Names of the classes by index; empty where the spec names no file of them, or one that can't be read. */
export function classNamesOf({ classification }: Contract): readonly string[] {
  const classes = classification?.classes;
  return classes?.kind === 'file' ? (classNamesIn(classes.path) ?? []) : [];
}

/** The expected answer of an example; a name that several classes share stands for each. @throws UnknownAnswer */
export function answerOf({ expects }: Example, names: readonly string[]): ExpectedAnswer {
  if (expects.kind === 'output') return scoresOf(expects.path, expects.tolerance);
  const { class: named } = expects;
  if (typeof named === 'number') return { kind: 'class', indices: [named] };
  const indices = names.flatMap((name, index) => (name === named ? [index] : []));
  if (indices.length > 0) return { kind: 'class', indices };
  const why =
    names.length > 0 ? 'is not in the list of classes' : 'can only be looked up in a file of classes';
  throw new UnknownAnswer(`The class "${named}" ${why}.`, 'Give its index.');
}

/** The stored scores, if any others could be told from them. */
function scoresOf(path: string, tolerance: number): ExpectedAnswer {
  const [values, file] = [storedIn(path), basename(path)];
  const [most, least] = [
    values.reduce((a, b) => Math.max(a, b), -Infinity),
    values.reduce((a, b) => Math.min(a, b), Infinity),
  ];
  const spread = most - least;
  if (spread > 0 && tolerance >= spread / 2)
    throw new UnknownAnswer(
      `The tolerance ${tolerance} hides any difference: the scores in ${file} differ by ${numberText(spread)}.`,
      'Lower the `tolerance` of the example.',
    );
  return { kind: 'scores', values, tolerance, file };
}

/** What is wrong with a row of scores; undefined when the answer is right. A tie for the highest score is wrong. */
export function mistakeIn(
  row: Float32Array,
  answer: ExpectedAnswer,
  names: readonly string[],
): Mistake | undefined {
  return answer.kind === 'class' ? wrongClass(row, answer.indices, names) : otherScores(row, answer, names);
}

/** The class with the highest score; undefined where there is none or several, or a score is NaN. */
export function topOf(row: Float32Array): number | undefined {
  const [top, ...others] = highestIn(row);
  return others.length > 0 || row.some(Number.isNaN) ? undefined : top;
}

export function classText(index: number, names: readonly string[]): string {
  const name = names[index];
  return name ? `class ${index} (${name})` : `class ${index}`;
}

function wrongClass(
  row: Float32Array,
  indices: readonly number[],
  names: readonly string[],
): Mistake | undefined {
  const top = topOf(row);
  if (top !== undefined && indices.includes(top)) return undefined;
  const [wanted = Number.NaN] = indices;
  const expected = `${classText(wanted, names)} with the highest score`;
  const not = row.findIndex(Number.isNaN);
  if (not >= 0) return { expected, actual: `NaN as the score of ${classText(not, names)}` };
  if (row.length === 0) return { expected, actual: 'no scores' };
  const winners = highestIn(row);
  const listed = winners.slice(0, 3).map((index) => classText(index, names));
  const more = winners.length > listed.length ? ` and ${winners.length - listed.length} more` : '';
  const scores = `with ${numberText(row[winners[0] ?? 0])} against ${numberText(row[wanted])}`;
  return { expected, actual: `${listed.join(', ')}${more}, ${scores}` };
}

function highestIn(row: Float32Array): number[] {
  const highest = row.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  return [...row.keys()].filter((index) => row[index] === highest);
}

function otherScores(
  row: Float32Array,
  { values, tolerance, file }: Extract<ExpectedAnswer, { kind: 'scores' }>,
  names: readonly string[],
): Mistake | undefined {
  if (row.length !== values.length)
    return { expected: `${values.length} scores, as in ${file}`, actual: `${row.length} scores` };
  const off = [...row.keys()].filter((index) => !(distance(row, values, index) <= tolerance));
  const [worst] = off.sort((a, b) => distance(row, values, b) - distance(row, values, a));
  if (worst === undefined) return undefined;
  return {
    expected: `${numberText(values[worst])} ± ${tolerance} for ${classText(worst, names)}, as in ${file}`,
    actual: `${numberText(row[worst])}; ${off.length} of ${row.length} scores differ`,
  };
}

function distance(row: Float32Array, values: Float64Array, index: number): number {
  return Math.abs((row[index] ?? Number.NaN) - (values[index] ?? Number.NaN));
}

/** Of a row of scores. */
const maxScoresBytes = 2 ** 26;

function storedIn(file: string): Float64Array {
  try {
    return scoresIn(readRegularFile(file, maxScoresBytes));
  } catch (error) {
    if (!(error instanceof UnusableArray || isSystemError(error))) throw error;
    const remedy = 'Store the row of scores with `numpy.save`.';
    throw new UnknownAnswer(`${basename(file)}: ${error.message}`, remedy);
  }
}
