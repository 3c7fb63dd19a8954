import type { SavedModel, Variable } from '../../../harness/savedmodel/saved-model.js';

/** Steps by which the last biases are perturbed, up and down: far enough to lift a unit that an activation keeps at its limit. */
const biasSteps = 64;

/**
 * Perturbations of a model's weights: its kernels a little, so that none of their entries is zero; and with them, far to
 * either side, the vectors with a value for each unit of the output, such as the last bias.
 */
export function perturbationsOf(model: SavedModel, units: number): ReadonlyMap<Variable, number>[] {
  const { variables } = model;
  const kernels = variables.filter(({ shape }) => shape !== null && shape.length >= 2);
  const vectors = variables.filter(
    (one) => one.shape?.length === 1 && one.shape[0] === units && !isMovingAverage(model, one),
  );
  if (kernels.length === 0) return [];
  return [0, biasSteps, -biasSteps].map(
    (steps) =>
      new Map([
        ...kernels.map((variable): [Variable, number] => [variable, 1]),
        ...vectors.map((variable): [Variable, number] => [variable, steps]),
      ]),
  );
}

/** Moving averages are listed, but not as trainable; a variance must not fall below zero. */
function isMovingAverage({ trainableVariables = [] }: SavedModel, { nodeId }: Variable): boolean {
  return trainableVariables.length > 0 && !trainableVariables.some((one) => one.nodeId === nodeId);
}
