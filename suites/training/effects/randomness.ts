import { agreementOf } from '../../../harness/check/agreement.js';
import { sumsInAnyOrder } from '../../../harness/check/last-bits.js';
import { callMayDraw, drawsUntilSteady } from '../../../harness/check/may-draw.js';
import type { Contract, TrainingEffect } from '../../../harness/contract/contract.js';
import { CallFailed, CallRefused } from '../../../harness/engine/process/failures.js';
import type { Call, Subject, Tensor } from '../../../harness/engine/subject.js';
import { randomSources } from '../../../harness/graph/randomness/sources.js';
import type { Batch } from '../../../harness/verdict/batch.js';
import { behindOutput } from './behind-output.js';
import { trainingCalls } from './calls.js';
import type { Missing } from './missing.js';

/** Random effects make two training calls differ, each by random numbers of its own. */
export async function missingRandomness(
  subject: Subject,
  contract: Contract,
  effects: readonly TrainingEffect[],
  batches: readonly Batch[],
): Promise<Missing | undefined> {
  const calls = batches.flatMap((batch) => trainingCalls(batch, contract));
  const where = effects.join(', ');
  if (!(await someDiffer(subject, contract, calls)))
    return { where, expected: 'two training calls that differ', actual: 'the same values twice' };
  return missingSources(subject, contract, effects, batches);
}

/** Each effect draws numbers of its own in the graph. */
export function missingSources(
  subject: Subject,
  contract: Contract,
  effects: readonly TrainingEffect[],
  batches: readonly Batch[],
): Missing | undefined {
  const calls = batches.flatMap((batch) => trainingCalls(batch, contract));
  const sources = Math.max(0, ...calls.map((call) => sourcesOf(subject, contract, call)));
  if (sources >= effects.length) return undefined;
  return {
    where: effects.join(', '),
    expected: 'random numbers for each of them',
    actual: `${sources} operation${sources === 1 ? ' that draws' : 's that draw'} other random numbers in each call`,
  };
}

async function someDiffer(subject: Subject, contract: Contract, calls: readonly Call[]): Promise<boolean> {
  for (const call of calls) if (await differs(subject, contract, call)) return true;
  return false;
}

/** Generators of random numbers go on from one call to the next. */
async function differs(subject: Subject, contract: Contract, call: Call): Promise<boolean> {
  try {
    for (const count of callMayDraw(subject, call) ? [2, drawsUntilSteady] : [2]) {
      const [first, ...others] = await subject.inARow(Array.from({ length: count }, () => call));
      for (const other of others) if (first && (await disagree([first, other], contract, call))) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused) return false;
    throw error;
  }
}

async function disagree(
  outputs: readonly [Tensor, Tensor],
  contract: Contract,
  { batch }: Call,
): Promise<boolean> {
  const { disagreement } = await agreementOf(outputs, contract, (_row, values) =>
    sumsInAnyOrder(values, batch),
  );
  return disagreement !== undefined;
}

/** Operations behind the output that draw random numbers; infinity where the graph cannot be followed. */
function sourcesOf(subject: Subject, contract: Contract, call: Call): number {
  try {
    return behindOutput(subject, contract, call, randomSources, Number.POSITIVE_INFINITY);
  } catch (error) {
    if (error instanceof CallRefused) return 0;
    throw error;
  }
}
