import type { CauseKind } from '../../harness/check/cause.js';
import { requireNumbers } from '../../harness/check/numeric-rows.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { unlessCallFails } from '../../harness/engine/process/failures.js';
import type { Call, ModelCalls, ModelFacts, Tensor } from '../../harness/engine/subject.js';

/** An output of a call in a sequence; `where`: as findings name it. */
export type SequenceOutput = { readonly call: Call; readonly output: Tensor; readonly where: string };

/**
 * @throws Violation where an output has another shape than promised, or holds NaN or infinity; LeftOut where the same
 * call has that fault without a sequence, too, so that another check reports it
 */
export async function requireWellFormed(
  subject: ModelCalls & ModelFacts,
  contract: Contract,
  { call, output, where }: SequenceOutput,
): Promise<void> {
  requireNumbers(subject, call, output);
  const fault = faultIn(output, call, contract);
  if (!fault) return;
  const { kind, expected, actual } = fault;
  const violation = new Violation({
    where: kind === 'wrong-shape' ? `shape of ${where}` : where,
    expected,
    actual,
  });
  const { batch, args } = call;
  for (const alone of [{ batch }, { batch, args: args ?? {} }]) {
    const usual = await subject.call(alone.batch, alone.args).catch(unlessCallFails);
    if (!usual || faultIn(usual, alone, contract)?.kind !== kind) continue;
    const { functionName: of } = subject.concreteFunctionFor(alone.batch, alone.args);
    throw new LeftOut({ kind, of, text: `The output of a single call is ${actual}, too` }, violation);
  }
  throw violation;
}

type Fault = { readonly kind: CauseKind; readonly expected: string; readonly actual: string };

/** How an output breaks what is promised of each. */
export function faultIn(
  { shape, values }: Tensor,
  { batch }: Call,
  { outputSize }: Contract,
): Fault | undefined {
  const expected = `[${batch.count}, ${outputSize}]`;
  const actual = `[${shape.join(', ')}]`;
  if (expected !== actual) return { kind: 'wrong-shape', expected, actual };
  const broken = values.find((value) => !Number.isFinite(value));
  return broken === undefined
    ? undefined
    : { kind: 'not-finite', expected: 'finite numbers', actual: String(broken) };
}
