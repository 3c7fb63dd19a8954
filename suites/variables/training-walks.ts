import type { Contract } from '../../harness/contract/contract.js';
import { outputIndex } from '../../harness/engine/output-index.js';
import { Flow } from '../../harness/graph/flow/flow.js';
import type { SymbolicTensor } from '../../harness/graph/flow/symbolic-tensor.js';
import { barrierAside, barrierBefore, barrierText } from '../../harness/graph/gradients/barrier.js';
import { gradientsFrom, type Reached } from '../../harness/graph/gradients/gradient-walk.js';
import type { ConcreteFunction, SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { trainingFunctions } from './training-function.js';

/** How far gradients get in one concrete function. */
export type Walk = {
  readonly of: ConcreteFunction;
  readonly flow: Flow;
  readonly output: SymbolicTensor;
  readonly reached: Reached;
};

/** For every call that fine-tuning can make: some variables take part only with some hyperparameter. */
export function walksFrom(model: SavedModel, contract: Contract): readonly Walk[] {
  return [...trainingFunctions(model, contract)].flatMap((concreteFunction) => {
    const flow = new Flow(model, concreteFunction);
    const output = flow.outputs[outputIndex(concreteFunction, contract.endpoint)];
    if (output === undefined) return [];
    return [{ of: concreteFunction, flow, output, reached: gradientsFrom(flow, output, model) }];
  });
}

/** Whether no gradient reaches a variable in any of these. */
export function unreachedIn(walks: readonly Walk[], { nodeId }: Variable): boolean {
  return !walks.some(({ reached }) => reached.captures.has(nodeId));
}

/** What stops the gradients before a variable, in words. */
export function barrierIn(walks: readonly Walk[], variable: Variable, model: SavedModel): string | undefined {
  for (const { flow, output, reached } of walks) {
    const barrier = barrierBefore(flow, reached, variable) ?? barrierAside(flow, output, variable, model);
    if (barrier) return `none gets past ${barrierText(barrier)}`;
  }
  return undefined;
}
