import { basename } from 'node:path';
import type { Check, Conclusion } from '../../harness/check/check.js';
import { classNamesIn, codePointsIn, isBlank } from '../../harness/contract/class-names.js';

export const classIndex: Check = {
  id: 'classification/class-index',
  level: 'must',
  demands:
    'The list of classes MUST exist and MUST give each of the num_classes classes a name that is not empty.',
  explain: {
    matters:
      'Without the list, a class is only a number. With one name too few or too many, every label after the gap is wrong.',
    decided:
      'The file that `classes` in the spec names must have one name on each line, as many as `num_classes`, none empty or of spaces and invisible characters only. A name given twice is a warning. For a list at a URL, the count pinned in the spec is compared; nothing is fetched.',
    fix: 'Write the names in the order of the scores, one on each line. If the model has a background class, give it a line in the list, or remove it from the model.',
  },
  promisedBy: ['classes'],
  applies: ({ api, classification }) => {
    if (api !== 'image-classification') return 'The model is not a classifier.';
    return classification?.classes !== undefined || 'The spec names no list of classes.';
  },
  kind: 'reading',
  read: (_, { classification, outputSize }) => {
    const classes = classification?.classes;
    if (classes === undefined) return { status: 'skip', reason: 'The spec names no list of classes.' };
    if (classes.kind === 'url') return counted(classes.url, classes.count, outputSize);
    const names = classNamesIn(classes.path);
    if (names === undefined) return fails(countText(outputSize), `${basename(classes.path)} cannot be read`);
    return named(basename(classes.path), names, outputSize);
  },
};

/** The list is not fetched: its hash and its count are pinned in the spec. */
function counted(url: string, count: number, outputSize: number): Conclusion {
  if (count !== outputSize)
    return fails(countText(outputSize), `${countText(count)}, by the spec, at ${url}`);
  return { status: 'pass', summary: `${countText(count)}, by the spec, at ${url}` };
}

function named(file: string, names: readonly string[], outputSize: number): Conclusion {
  const empty = names.findIndex(isBlank);
  if (names.length !== outputSize)
    return fails(
      countText(outputSize),
      `${countText(names.length)} in ${file}${hint(names.length, outputSize)}`,
    );
  if (empty >= 0) return fails(`a name for class ${empty}`, blankText(file, empty + 1, names[empty] ?? ''));
  const twice = repeated(names);
  const warnings = twice.length > 0 ? [`${file} names ${namesText(twice)} more than once.`] : [];
  return { status: 'pass', summary: `${countText(names.length)} in ${file}`, warnings };
}

/** A line that looks empty and is not is told by its characters, which no editor shows. */
function blankText(file: string, line: number, name: string): string {
  if (name === '') return `an empty line ${line} in ${file}`;
  return `line ${line} of ${file} holds only ${namesText(codePointsIn(name))}, which cannot be seen`;
}

/** In time proportional to the list: it may have millions of names. */
function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}

/** The most common mistake: one list has a background class and the other does not. */
function hint(names: number, outputSize: number): string {
  return Math.abs(names - outputSize) === 1 && outputSize > 100
    ? '; one of the two may count a background class'
    : '';
}

function namesText(names: readonly string[]): string {
  const rest = names.length - 3;
  return names.slice(0, 3).join(', ') + (rest > 0 ? ` and ${rest} others` : '');
}

function countText(names: number): string {
  return `${names} ${names === 1 ? 'name' : 'names'}`;
}

function fails(expected: string, actual: string): Conclusion {
  const remedy =
    'Give `classes` in the spec a text file with one name in each line, in the order of the scores.';
  return { status: 'fail', finding: { where: 'list of classes', expected, actual, remedy } };
}
