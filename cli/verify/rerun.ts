import { makePlan } from '../../api/plan.js';
import type { Run } from '../../harness/verdict/run.js';
import type { Statement } from '../../harness/verdict/statement/statement.js';
import { UserError } from '../../harness/verdict/user-error.js';
import type { Io } from '../io.js';
import { prepared } from '../prepared.js';
import { runShown } from '../run-shown.js';
import type { VerifyFlags } from './verify-flags.js';

export type Rerun = {
  readonly spec: string;
  readonly model: string;
  readonly options: VerifyFlags;
  readonly io: Io;
  readonly signal: AbortSignal;
};

/** Checks the model against the spec with a seed of its own. @throws UserError where its files are no longer those that were compared */
export async function rerun(stated: Statement, { spec, model, options, io, signal }: Rerun): Promise<Run> {
  const { tensorflow, ...asked } = options;
  const plan = await makePlan({ ...asked, specs: [spec], model }, process.cwd());
  const runtime = () => prepared(tensorflow, io, signal);
  const run = await runShown(plan, asked, io, { runtime, signal });
  expectSame(run, stated);
  return run;
}

function expectSame(
  { interrupted, models: [model] }: Run,
  { subject: [subject], predicate }: Statement,
): void {
  if (interrupted) throw new UserError('The model was not checked to the end, as this was stopped.', '');
  const same =
    model?.digest === `sha256:${subject.digest.dirHash}` &&
    model.specDigest === predicate.model_assay.specDigest;
  if (!same)
    throw model?.problem === undefined
      ? new UserError(
          'The files of the model or of the spec could not be read to the end, or changed meanwhile.',
          'Verify it again once nothing writes to them.',
        )
      : new UserError(model.problem, '');
}
