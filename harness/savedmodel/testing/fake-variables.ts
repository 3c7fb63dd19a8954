import type { Shape, Variable } from '../saved-model.js';

/** A variable by its path on the root object; left out, it is a trainable float32 vector with a value in the checkpoint. */
export type FakeVariable = { readonly path: string } & Partial<Variable>;

/** Object-graph node of the first variable; the others follow. */
const firstNodeId = 10;

/** Variables with what was left out filled in. `kernel` is a matrix of 3 rows, all others are vectors. */
export function fakeVariables(
  given: readonly (string | FakeVariable)[],
  outputSize: number,
): readonly Variable[] {
  return given.map((one, at) => {
    const written = typeof one === 'string' ? { path: one } : one;
    const { dtype = 'float32' } = written;
    const { shape = usualShape(written.path, outputSize) } = written;
    return {
      nodeId: firstNodeId + at,
      name: written.path,
      dtype,
      shape,
      trainable: true,
      checkpointKey: `${written.path}/.ATTRIBUTES/VARIABLE_VALUE`,
      stored: { dtype, shape: (shape ?? []).map((size) => size ?? 1) },
      ...written,
    };
  });
}

function usualShape(path: string, outputSize: number): Shape {
  return path === 'kernel' ? [3, outputSize] : [outputSize];
}
