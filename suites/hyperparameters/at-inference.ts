import { differenceOf, numberText } from '../../harness/check/compare.js';
import { independentRows } from '../../harness/check/independence.js';
import { callMayDraw, drawsUntilSteady } from '../../harness/check/may-draw.js';
import type { BrokenPromise } from '../../harness/check/output-promise.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import { generatorStates } from '../../harness/graph/randomness/generator-state.js';
import { widened } from './widened.js';

/** How a call breaks what holds at inference: it changes a variable, gives other rows the second time, or its rows depend on each other. */
export type BrokenAtInference = Omit<BrokenPromise, 'of'> & {
  readonly of: 'variables' | 'determinism' | 'rows';
};

/** Judges a call without `training=True`. */
export async function brokenAtInference(
  subject: Subject,
  contract: Contract,
  call: Call,
): Promise<BrokenAtInference | undefined> {
  return (
    (await changedVariables(subject, call)) ??
    (await varying(subject, call)) ??
    (await dependent(subject, contract, call))
  );
}

/** Another call in between, whose variables are not restored, must not matter. */
async function varying(subject: Subject, call: Call): Promise<BrokenAtInference | undefined> {
  const { values } = await subject.call(call.batch, call.args);
  const [, again] = await subject.inARow([besideOthers(call), call]);
  if (!again) return undefined;
  const difference = differenceOf(values, again.values, widened(await subject.noise(), values));
  if (!difference) return undefined;
  const [expected, actual] = [values, again.values].map((one) => numberText(one[difference.unit]));
  return { of: 'determinism', expected: `${expected} in two equal calls`, actual: `${actual}` };
}

/** Random rows are the same twice, now and then. */
async function varyingAtLast(subject: Subject, call: Call): Promise<BrokenAtInference | undefined> {
  if (!callMayDraw(subject, call)) return undefined;
  for (let made = 0; made < drawsUntilSteady; made++) {
    const found = await varying(subject, call);
    if (found) return found;
  }
  return undefined;
}

/** By the three relations of independent rows; where repeated calls differ as much, though within rounding, they show nothing. */
async function dependent(
  subject: Subject,
  contract: Contract,
  call: Call,
): Promise<BrokenAtInference | undefined> {
  try {
    await independentRows(subject, contract, call);
    return undefined;
  } catch (error) {
    if (error instanceof LeftOut && error.why.kind === 'random-rows') return undefined;
    if (!(error instanceof Violation)) throw error;
    const { where, expected, actual } = error.finding;
    const rows = { of: 'rows', expected, actual: `${actual} (${where})` } as const;
    return (await varyingAtLast(subject, call)) ?? rows;
  }
}

async function changedVariables(
  subject: Subject,
  { batch, args }: Call,
): Promise<BrokenAtInference | undefined> {
  const changed = await subject.changedBy(batch, args);
  if (changed.length === 0) return undefined;
  const states = generatorStates(subject.model, [subject.concreteFunctionFor(batch, args)]);
  const others = changed.filter((variable) => !states.includes(variable));
  if (others.length === 0) return undefined;
  return { of: 'variables', expected: 'as before', actual: `changed: ${namesOf(subject.model, others)}` };
}

/** The same images in every second row, and others in between. */
function besideOthers({ batch, args = {} }: Call): Call {
  const rows = Array.from({ length: batch.count }, (_, row) => (row % 2 === 1 ? row : row + 100));
  return { batch: { ...batch, rows }, args };
}
