import type { Failure } from '../../harness/check/check.js';
import { refusalOf } from '../../harness/check/refused-call.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { callsOf, valueTrials } from './trials.js';

/** A value that no concrete function accepts, though one accepts the other arguments. */
export function refused(model: SavedModel, contract: Contract, seed: number): Failure | undefined {
  const calls = valueTrials(contract, seed).flatMap((trial) => callsOf(contract, trial));
  const refusals = calls.flatMap((call) => {
    const refusal = refusalOf(model, contract, call);
    return refusal?.kind === 'hyperparameter-refused' ? [{ call, refusal }] : [];
  });
  const [first] = refusals;
  if (!first) return undefined;
  const { args = {}, batch } = first.call;
  const where = `call with ${argumentsInWords(args)}`;
  const finding = { where, expected: 'an output', actual: first.refusal.message, batch, arguments: args };
  return { status: 'fail', finding, explains: refusals.map(({ refusal }) => refusal) };
}
