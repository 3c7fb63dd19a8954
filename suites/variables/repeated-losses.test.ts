import { expect, test } from 'vitest';
import { tensor } from '../../harness/engine/testing/tensors.js';
import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { constant, operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { repeatedLosses } from './repeated-losses.js';

const both = 'regularization_losses[0] and regularization_losses[1]';
const same = [`${both} compute the same and read the same variable, kernel.`];

test.each([
  ['different operations', ['L2Loss', 'Sum'], [1, 2], []],
  ['different operations, each 0 as stored', ['L2Loss', 'Sum'], [0, 0], []],
  ['the same operation', ['L2Loss', 'L2Loss'], [1, 1], same],
  [
    'different operations with one value',
    ['L2Loss', 'Sum'],
    [1, 1 + 1e-8],
    [`${both} have the same value and read the same variable, kernel.`],
  ],
])('two losses of %s', (_, operations, values, warnings) => {
  const model = withLosses(operations.map((op) => [operation('loss', op, ['value:value:0'])]));
  const tensors = values.map((value) => tensor([], value));
  expect(repeatedLosses(model, tensors)).toEqual(warnings);
});

test.each([
  ['strengths', 'float32', same],
  ['rows', 'int32', []],
])('two losses of different %s', (_, dtype, warnings) => {
  const model = withLosses(
    [1, 2].map((number) => [
      constant('number', number, dtype),
      operation('loss', 'Mul', ['value:value:0', 'number:output:0']),
    ]),
  );
  expect(repeatedLosses(model, [tensor([], 1), tensor([], 2)])).toEqual(warnings);
});

/** The losses of `kernel`, each with these operations behind its value. */
function withLosses(operations: readonly (readonly GraphNode[])[]): SavedModel {
  const model = fakeModel({ losses: operations.length });
  const functions = new Map(model.functions);
  for (const [at, nodes] of operations.entries()) {
    const name = `__inference_loss_${at}`;
    const body = functions.get(name);
    if (!body) throw new Error(`The model has no ${name}.`);
    functions.set(name, { ...body, nodes: [...body.nodes.slice(0, 1), ...nodes] });
  }
  return { ...model, functions };
}
