import type { Contract } from '../contract/contract.js';
import type { Call, ModelCalls, ModelFacts } from '../engine/subject.js';
import { structureText } from './structure-text.js';

/** How an output breaks what the contract demands of every output: by its structure, dtype or shape, or by a value. */
export type BrokenPromise = {
  readonly of: 'form' | 'values';
  readonly expected: string;
  readonly actual: string;
};

/** Makes a call and checks its output. @throws CallRefused, CallFailed where the call fails */
export async function brokenPromise(
  subject: ModelFacts & ModelCalls,
  contract: Contract,
  { batch, args }: Call,
): Promise<BrokenPromise | undefined> {
  const { output: returned } = subject.concreteFunctionFor(batch, args);
  const structure = contract.endpoint.kind === 'method' ? structureText(returned) : 'one tensor';
  const output = await subject.call(batch, args);
  const expected = `one tensor, float32 [${batch.count}, ${contract.outputSize}]`;
  const actual = `${structure}, ${output.dtype} [${output.shape.join(', ')}]`;
  if (expected !== actual) return { of: 'form', expected, actual };
  const broken = output.values.find((value) => !Number.isFinite(value));
  return broken === undefined
    ? undefined
    : { of: 'values', expected: 'finite numbers', actual: String(broken) };
}
