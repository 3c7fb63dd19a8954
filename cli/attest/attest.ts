import { allChecks } from '../../api/plan.js';
import { readDigestedRun } from '../../harness/store/stored-run.js';
import { labelOf } from '../../harness/verdict/model-name.js';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import type { Reservation, Statement } from '../../harness/verdict/statement/statement.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { visible } from '../../reports/wording/visible.js';
import type { Io } from '../io.js';
import { refuse } from '../refusal.js';
import type { Attested } from './attested.js';
import { groundsOf } from './grounds.js';
import { placeFor, writeStatement } from './place.js';
import { reservationsOf, unaccepted } from './reservations.js';
import { statementOf } from './statement-of.js';
import { stateInWords } from './words.js';

export type AttestFlags = {
  /** Name or spec of a model, as the stored run has it; default: all models. */
  readonly model?: string;
  /** The file; default: beside the model. */
  readonly out?: string;
  /** What the run may leave open, so that the statement says it. */
  readonly despite?: readonly Reservation[];
  /** Take links to files inside the model for these files. */
  readonly allowSymlinks?: boolean;
};

/**
 * `assay attest`: writes an unsigned in-toto statement on each model of a stored run. Returns 0, or 2 when one was refused or could not
 * be written.
 */
export async function attest(file: string, options: AttestFlags, io: Io): Promise<0 | 2> {
  try {
    const { run, sha256 } = await readDigestedRun(file);
    const models = chosen(run, file, options);
    const checks = (await allChecks()).map(({ id }) => id);
    let refused = false;
    for (const model of models) {
      try {
        const { place, statement } = await attestOne({ run, file, sha256, model, checks }, options);
        io.stdout.write(
          `${visible(place)}\n${stateInWords(statement)}  It is unsigned; docs/attest.md shows how to sign it.\n`,
        );
      } catch (error) {
        refuse(error, io);
        refused = true;
      }
    }
    return refused ? 2 : 0;
  } catch (error) {
    return refuse(error, io);
  }
}

function chosen({ models }: Run, file: string, { model: asked, out }: AttestFlags): readonly ModelRun[] {
  const found = models.filter(({ name, spec }) => asked === undefined || asked === name || asked === spec);
  if (found.length === 0)
    throw new UserError(
      asked === undefined ? `${file} has no models.` : `${file} has no model ${asked}.`,
      asked === undefined ? 'Check a model first.' : `It has: ${models.map(({ name }) => name).join(', ')}`,
    );
  if (found.length > 1 && out !== undefined)
    throw new UserError(
      `${file} has ${found.length} models, and one file holds the statement on one.`,
      `Name one with --model: ${found.map((one) => labelOf(one, models)).join(', ')}`,
    );
  return found;
}

async function attestOne(
  attested: Attested,
  options: AttestFlags,
): Promise<{ readonly place: string; readonly statement: Statement }> {
  const open = reservationsOf(attested);
  const [first] = open.filter((one) => !options.despite?.includes(one));
  if (first !== undefined) throw unaccepted(first, attested);
  const grounds = await groundsOf(attested, options.allowSymlinks ?? false);
  const statement = statementOf(attested, open, grounds);
  const place = placeFor(attested, grounds, options.out);
  await writeStatement(place, statement);
  return { place, statement };
}
