import { always, type Check, type Failure } from '../../harness/check/check.js';
import { promisedCalls } from '../../harness/check/promised-calls.js';
import { derivedBy, undoneBy } from '../../harness/check/undone-weights.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Subject } from '../../harness/engine/subject.js';
import { writesToOwnState } from '../../harness/graph/assigned.js';
import { operationText } from '../../harness/graph/flow/operation-text.js';
import { cornersOf, isSmallest } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';

export const noSideEffects: Check = {
  id: 'inference/no-side-effects',
  level: 'must',
  demands: 'A call at inference MUST NOT change a variable.',
  explain: {
    matters:
      'A model that changes as it is used drifts away from what was tested, and two processes that serve it begin to disagree.',
    decided:
      'After each call, every variable is compared with its restored value. Where nothing in the call assigns to a variable, a few comparisons are enough. Trainable variables are also perturbed before a call, since what it assigns may equal the stored values, as a copy of weights does. A variable or table that the graph makes by itself, and writes to, is read off the files.',
    calls:
      'None of its own where nothing in the call assigns to a variable, as the calls of `input/every-size` are compared. Else one more for each case, with perturbed trainable variables.',
    fix: 'Update averages and counters only `if training:`, and pass `training` on to batch normalization.',
  },
  answersFor: ['changed-variables'],
  applies: always,
  fromFiles: ownState,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch, contract) => {
    requireNone(subject, await subject.changedBy(batch), '');
    if (!isSmallest(batch, contract)) return;
    requireNone(subject, await undoneBy(subject, { batch }), ', other weights put into them before');
    requireNone(subject, await derivedBy(subject, { batch }), ', other values put into the weights before');
  },
  held: () => 'no variable changed',
};

/** A variable that the graph itself makes cannot be restored, so that no call shows what it does. */
function ownState(model: SavedModel, contract: Contract): Failure | undefined {
  const writes = promisedCalls(model, contract).flatMap(({ concreteFunction, args }) =>
    writesToOwnState(model, concreteFunction).map((operation) => ({ operation, args })),
  );
  const [first] = writes;
  if (first === undefined) return undefined;
  const finding = {
    where: `call(${['images', argumentsInWords(first.args ?? {})].filter(Boolean).join(', ')})`,
    expected: 'nothing that outlives it',
    actual: `${operationText(first.operation)} writes to a variable or table that the graph of the call makes: no list holds it, and no file its value`,
    remedy: 'Make it a `tf.Variable` of the model, and write to it only `if training:`.',
  };
  return { status: 'fail', finding };
}

function requireNone({ model }: Subject, changed: readonly Variable[], how: string): void {
  if (changed.length === 0) return;
  throw new Violation({
    where: `variables after the call${how}`,
    expected: 'as before',
    actual: `changed: ${namesOf(model, changed)}`,
  });
}
