import type { GraphNode, LibraryFunction } from '../../savedmodel/saved-model.js';
import { linearOperations } from '../../savedmodel/testing/fake-function.js';
import { constant, operation } from '../../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../../savedmodel/testing/fake-model.js';
import { type ScoreBounds, scoreBounds } from './score-bounds.js';

/** The scores of a small classifier, before what a test does to them. */
export const x = 'logits:output:0';

/** `name` is `op` of what is named, written `name = Op a b`; numbers are constants. */
export function graph(...lines: readonly string[]): GraphNode[] {
  return lines.flatMap((line) => {
    const [name = '', , op = '', ...inputs] = line.split(' ');
    const constants = inputs.filter((input) => /^-?[\d.]+$/.test(input));
    const named = inputs.map((input) => (constants.includes(input) ? `${name}_${input}:output:0` : input));
    return [
      ...constants.map((number) => constant(`${name}_${number}`, Number(number), 'float32')),
      operation(
        name,
        op,
        named.map((input) => (input === 'x' ? x : input.includes(':') ? input : `${input}:y:0`)),
      ),
    ];
  });
}

/** The bounds of what the operation `y` gives. */
export async function bounded(
  operations: readonly GraphNode[],
  functions: readonly LibraryFunction[] = [],
): Promise<ScoreBounds> {
  const model = fakeModel({
    concreteFunctions: [{ operations: [...linearOperations(), ...operations] }],
    functions,
  });
  const [concreteFunction] = model.methods.get('__call__')?.concreteFunctions ?? [];
  if (concreteFunction === undefined) throw new Error('There is no concrete function.');
  return scoreBounds(model, concreteFunction, { at: 0, shape: [null, null, null, 3] }, 0);
}
