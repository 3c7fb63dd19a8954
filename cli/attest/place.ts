import { statSync } from 'node:fs';
import path from 'node:path';
import { liesIn } from '../../harness/contract/repository.js';
import { whyNotWritten, writeAtomically } from '../../harness/store/atomic-file.js';
import { asFileName } from '../../harness/store/file-name.js';
import { uniqueNameOf } from '../../harness/verdict/model-name.js';
import { readRegularFile } from '../../harness/verdict/regular-file.js';
import type { Statement } from '../../harness/verdict/statement/statement.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { jsonText } from '../../reports/json/text.js';
import type { Attested } from './attested.js';
import type { Grounds } from './grounds.js';

/**
 * Where the statement goes: the file that was asked for, else beside the model, else, where that is at an address, beside the run.
 * @throws UserError for a place inside the model, which would no longer be the one of the statement
 */
export function placeFor(
  { run, file, model }: Attested,
  { contract, folder }: Grounds,
  asked: string | undefined,
): string {
  const { model: location } = contract;
  const beside = location.kind === 'url' ? file : location.path;
  const name = `${asFileName(uniqueNameOf(model, run.models))}.statement.json`;
  const place = asked ?? path.relative(process.cwd(), path.join(path.dirname(beside), name));
  if (liesIn(folder, path.resolve(place)))
    throw new UserError(
      `${place} is inside the model, which it would change.`,
      'Name a file beside it with --out.',
    );
  return place;
}

/** @throws UserError where it cannot be written, or goes over a file that is no statement, such as the spec or the run */
export async function writeStatement(place: string, statement: Statement): Promise<void> {
  if (!isReplaceable(place))
    throw new UserError(
      `${place} is there already, and is no statement of in-toto.`,
      'Name another file with --out.',
    );
  const text = `${jsonText(statement, keyOrder)}\n`;
  const why = await whyNotWritten(() => writeAtomically(place, text));
  if (why !== undefined)
    throw new UserError(`${place} could not be written, as ${why}.`, 'Name another file with --out.');
}

/** Nothing, an empty file or an earlier statement, or a link to one, which is replaced itself. */
function isReplaceable(place: string): boolean {
  const there = statSync(place, { throwIfNoEntry: false });
  if (there === undefined) return true;
  return there.isFile() && (there.size === 0 || /^\s*\{\s*"_type"/.test(startOf(place)));
}

function startOf(file: string): string {
  try {
    return readRegularFile(file, maxBytes).toString('utf8');
  } catch (error) {
    unlessSystemError(error);
    return '';
  }
}

/** Of an earlier statement. */
const maxBytes = 2 ** 24;

const keyOrder = [
  ...['_type', 'subject', 'predicateType', 'predicate', 'result', 'name', 'uri', 'digest', 'annotations'],
  ...['configuration', 'passedTests', 'warnedTests', 'failedTests', 'model_assay', 'test', 'reason'],
  ...['format', 'reservations', 'startedAt', 'seed', 'strict', 'specDigest', 'selection'],
  ...['undecided', 'notTested', 'waivers', 'unconfirmed', 'environment', 'confinement'],
];
