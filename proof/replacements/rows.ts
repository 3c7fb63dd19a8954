import { readFile } from 'node:fs/promises';
import type { Answer } from '../../harness/verdict/comparison.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';

/** What came of one comparison; `twin`: left out for a model that was compared with itself. */
export type Row = {
  readonly model: string;
  readonly twin?: string;
  readonly seed: number;
  readonly answer: Answer;
  readonly why: string;
  /** The sound model breaks the twin's promise, too, as where only the spec is at fault: nothing is lost with the twin. */
  readonly nothingLost?: true;
};

/** Those in a file, a line each; none where there is no file. */
export async function rowsIn(file: string): Promise<Row[]> {
  const text = (await readFile(file, 'utf8').catch(unlessSystemError)) ?? '';
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
}

/** A model that replaces itself is identical; a broken one is no replacement for a sound one. */
export function isWrong({ twin, answer, nothingLost }: Row): boolean {
  if (twin === undefined) return answer !== 'identical';
  return nothingLost === undefined && (answer === 'identical' || answer === 'drop-in');
}

/** A wrong answer, in a line. */
export function wrongInWords({ model, twin, seed, answer, why }: Row): string {
  return `${twin ?? model}, seed ${seed}: ${answer}: ${why}`;
}
