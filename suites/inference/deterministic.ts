import { always, type Check } from '../../harness/check/check.js';
import { differenceOf, numberText, rowOf } from '../../harness/check/compare.js';
import { requireNumbers, requireRows } from '../../harness/check/numeric-rows.js';
import { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallRefused } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import { factsOf } from '../../harness/graph/ops/catalogue.js';
import { randomnessOf } from '../../harness/graph/randomness/random.js';
import { mutates, reachableFunctions } from '../../harness/graph/reachable.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { ConcreteFunction, GraphNode } from '../../harness/savedmodel/saved-model.js';

export const deterministic: Check = {
  id: 'inference/deterministic',
  level: 'must',
  demands: 'The same call, made twice, MUST give the same rows.',
  explain: {
    matters: 'Tests, caches and comparisons rely on the same image giving the same answer.',
    decided:
      'Each batch is called twice in a row, with nothing reset in between, and the rows must agree up to the rounding measured on this model. Where the graph has nothing random and assigns nothing, 25 batches are enough.',
    fix: 'Draw random numbers only `if training:`, in augmentation, noise and dropout alike, and keep counters and caches out of the output.',
  },
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  comparesValues: true,
  enough: (subject, contract) => (canVary(subject, contract) ? undefined : confirmations),
  holds: async (subject, batch) => {
    const [first, second] = await subject.inARow([{ batch }, { batch }]);
    if (!first || !second) return;
    for (const output of [first, second]) {
      requireNumbers(subject, { batch }, output);
      requireRows(subject, { batch }, output);
    }
    const noise = await subject.noise();
    for (let row = 0; row < batch.count; row++) {
      const difference = differenceOf(rowOf(first, row), rowOf(second, row), noise);
      if (!difference) continue;
      throw new Violation({
        where: `row ${row}, column ${difference.unit}, of the second of two equal calls`,
        expected: `${numberText(rowOf(first, row)[difference.unit])} ± ${numberText(difference.allowed)}, as in the first`,
        actual: numberText(rowOf(second, row)[difference.unit]),
      });
    }
  },
  held: () => 'the same rows twice',
};

/** Cases for a model whose graph has no randomness and no state: they confirm what it shows. */
const confirmations = 25;

function canVary(subject: Subject, contract: Contract): boolean {
  const concreteFunctions = functionsRun(subject, contract);
  const { functions } = subject.model;
  const nodes = reachableFunctions(subject.model, concreteFunctions).flatMap((reached) => reached.nodes);
  return (
    nodes.some((node) => !functions.has(node.op) && mayDraw(node)) ||
    concreteFunctions.some((concreteFunction) => mutates(subject.model, concreteFunction))
  );
}

/** Whether an operation is random, or may be, for all that is known. */
function mayDraw(node: GraphNode): boolean {
  return factsOf(node.op) === undefined || randomnessOf(node) !== undefined;
}

/** The concrete function that the smallest corner runs; all of them where none accepts it. */
function functionsRun(subject: Subject, contract: Contract): readonly ConcreteFunction[] {
  try {
    return cornersOf(contract)
      .slice(0, 1)
      .map((batch) => subject.concreteFunctionFor(batch));
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    return subject.endpoint?.concreteFunctions ?? [];
  }
}
