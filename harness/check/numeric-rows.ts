import { leavesOf } from '../engine/output-index.js';
import { unlessCallFails } from '../engine/process/failures.js';
import type { Call, ModelCalls, ModelFacts, Tensor } from '../engine/subject.js';
import { plural } from '../verdict/plural.js';
import { type CauseKind, noTensor } from './cause.js';
import { LeftOut } from './violation.js';

type Functions = Pick<ModelFacts, 'concreteFunctionFor'>;

/**
 * The output of a call, in which each image has a row of numbers.
 * @throws LeftOut where it has none; CallRefused, CallFailed, EngineError
 */
export async function numericRows(
  subject: Functions & Pick<ModelCalls, 'call'>,
  call: Call,
): Promise<Tensor> {
  const output = await subject.call(call.batch, call.args);
  requireNumbers(subject, call, output);
  requireRows(subject, call, output);
  return output;
}

/** @throws LeftOut where an output holds no numbers: none of them is then out of order */
export function requireNumbers(subject: Functions, call: Call, { dtype, shape, values }: Tensor): void {
  if (values.length === shape.reduce((product, length) => product * length, 1)) return;
  throw leftOut(subject, call, 'wrong-dtype', `The output is ${dtype}, which holds no numbers`);
}

/** @throws LeftOut where an output has not one row for each image: the batch is then not to be taken for the columns */
export function requireRows(subject: Functions, call: Call, { shape }: Tensor): void {
  const { count } = call.batch;
  if (shape.length >= 2 && shape[0] === count) return;
  const concreteFunction = subject.concreteFunctionFor(call.batch, call.args);
  // Parts of what is no tensor, such as a ragged one, have shapes of their own.
  if (!leavesOf(concreteFunction.output).some(({ value }) => value.kind === 'tensor'))
    throw new LeftOut(noTensor([concreteFunction]));
  const text = `The output has shape [${shape.join(', ')}] for ${plural(count, 'image')}`;
  throw leftOut(subject, call, 'wrong-shape', text);
}

/** @throws LeftOut where an output holds NaN or infinity, which is a fault of the call without arguments if it has it, too */
export async function requireFinite(
  subject: Functions & Pick<ModelCalls, 'call'>,
  call: Call,
  output: Pick<Tensor, 'values'>,
): Promise<void> {
  if (hasFiniteValues(output)) return;
  const alone = { batch: call.batch };
  const usual = await subject.call(call.batch).catch(unlessCallFails);
  const blamed = usual && !hasFiniteValues(usual) ? alone : call;
  throw leftOut(subject, blamed, 'not-finite', 'The output holds NaN or infinity');
}

/** Whether an output holds neither NaN nor infinity. */
export function hasFiniteValues({ values }: Pick<Tensor, 'values'>): boolean {
  return values.every((value) => Number.isFinite(value));
}

function leftOut(subject: Functions, { batch, args }: Call, kind: CauseKind, text: string): LeftOut {
  return new LeftOut({ kind, of: subject.concreteFunctionFor(batch, args).functionName, text });
}
