import type { Excuses } from '../../harness/check/check.js';
import { type BrokenPromise, brokenPromise } from '../../harness/check/output-promise.js';
import { LeftOut } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused } from '../../harness/engine/process/failures.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import { type BrokenAtInference, brokenAtInference } from './at-inference.js';

/** How a call breaks a promise; `call`: it fails. */
export type Broken =
  | BrokenPromise
  | BrokenAtInference
  | (Omit<BrokenPromise, 'of'> & { readonly of: 'call'; readonly error: CallRefused | CallFailed });

/** Makes a call and judges it by what holds for every call and, without `training=True`, by what holds at inference. */
export async function brokenBy(
  subject: Subject,
  contract: Contract,
  call: Call,
): Promise<Broken | undefined> {
  try {
    const broken = await brokenPromise(subject, contract, call);
    return (
      broken ?? (call.args?.training === true ? undefined : await brokenAtInference(subject, contract, call))
    );
  } catch (error) {
    if (!(error instanceof CallRefused || error instanceof CallFailed)) throw error;
    return { of: 'call', expected: 'an output', actual: error.message, error };
  }
}

/**
 * Whether another check has reported the same fault of the call without hyperparameters.
 * @throws CallRefused, CallFailed where that call fails and no other check has reported it
 */
export async function isReported(
  broken: Broken,
  subject: Subject,
  contract: Contract,
  without: Call,
  { answering }: Excuses,
): Promise<boolean> {
  const usual = await brokenBy(subject, contract, without);
  if (usual?.of === 'call') {
    if ((await answering(usual.error)) === undefined) throw usual.error;
    return true;
  }
  if (usual?.of !== broken.of || (usual.of === 'form' && usual.actual !== broken.actual)) return false;
  const { functionName: of } = subject.concreteFunctionFor(without.batch, without.args);
  for (const kind of kinds[usual.of])
    if ((await answering(new LeftOut({ kind, of, text: '' }))) !== undefined) return true;
  return false;
}

const kinds = {
  form: ['wrong-structure', 'wrong-dtype', 'wrong-shape'],
  values: ['not-finite'],
  rows: ['dependent-rows'],
  determinism: ['random-rows'],
  variables: ['changed-variables'],
} as const;
