import { allChecks } from '../../api/plan.js';
import { version } from '../../api/version.js';
import { fits } from '../../harness/run/choose.js';
import { NoStatement, readStatement, type StoredStatement } from '../../harness/store/stored-statement.js';
import { agreementsOf, exitCodeOfAgreements } from '../../harness/verdict/statement/agreement.js';
import { unmentioned } from '../../harness/verdict/statement/contradiction.js';
import type { Io } from '../io.js';
import { refuse } from '../refusal.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { type Difference, modelDifferences, specDifferences } from './differences.js';
import { rerun } from './rerun.js';
import { specFor } from './spec-for.js';
import type { VerifyFlags } from './verify-flags.js';
import { agreementsText, claimText, differencesText, sameText } from './words.js';

/**
 * `assay verify`: compares a statement with the model and the spec that it is on, then checks that model anew. Returns 0 when all
 * that was compared agrees, 1 when something contradicts, 2 when it could not decide or the statement is none.
 */
export async function verify(file: string, model: string, options: VerifyFlags, io: Io): Promise<0 | 1 | 2> {
  const stop = stopOnSignals();
  try {
    const stored = readStatement(file);
    await expectComplete(file, stored);
    io.stdout.write(claimText(file, stored));
    const differences = await modelDifferences(stored.statement, model);
    const spec = specFor(stored, options.spec, { optional: options.digestsOnly ?? false });
    if (spec !== undefined) differences.push(...(await specDifferences(stored.statement, spec)));
    if (differences.length > 0) return contradicted(differences, io);
    io.stdout.write(sameText(model, spec));
    if (options.digestsOnly || spec === undefined) return 0;
    const run = await rerun(stored.statement, { spec, model, options, io, signal: stop.signal });
    const agreements = agreementsOf(stored.statement, run.models[0]?.checks ?? [], isLeftOut(options));
    const code = exitCodeOfAgreements(agreements);
    io.stdout.write(
      agreementsText(agreements, { run, stated: stored.statement, code, verbose: options.verbose ?? false }),
    );
    return code;
  } catch (error) {
    return refuse(error, io);
  } finally {
    stop.end();
  }
}

/** A statement names every check of the assay that it says to be from; of another version, nothing is known. */
async function expectComplete(file: string, { statement }: StoredStatement): Promise<void> {
  if (statement.predicate.model_assay.environment.assay !== version()) return;
  const [first, ...others] = unmentioned(
    statement,
    (await allChecks()).map(({ id }) => id),
  );
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new NoStatement(
    `${file} is not a statement of assay ${version()}: it says nothing of ${first}${more}.`,
    'Get the statement again from whoever made it.',
  );
}

function isLeftOut({ only }: VerifyFlags): (test: string) => boolean {
  return (test) => only !== undefined && !only.some((pattern) => fits(pattern, test));
}

function contradicted(differences: readonly Difference[], io: Io): 1 {
  io.stdout.write(differencesText(differences));
  return 1;
}
