import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConcreteFunction, LibraryFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { captureInput, capturesOf } from './captures.js';
import { encodeGraph } from './encode.js';
import { attribute, call, type Node } from './nodes.js';
import { handleNode } from './variables.js';

/** Shapes of a concrete function's tensor arguments, in flat order. */
export type CallShapes = readonly (readonly number[])[];

/**
 * Writes a SavedModel into `folder` that holds calls with arguments of exactly these shapes. Loading it runs
 * TensorFlow's shape functions through each call, as tracing it in Python does, and fails where Python fails.
 */
export async function lowerShapes(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
  calls: readonly CallShapes[],
  folder: string,
): Promise<void> {
  const definition = model.functions.get(concreteFunction.functionName);
  if (!definition)
    throw new Error(`The function ${concreteFunction.functionName} is not in the model's library.`);
  const captures = capturesOf(model);
  const captured = concreteFunction.captures.map((nodeId) => captureInput(captures, nodeId));
  const used = new Set(concreteFunction.captures);
  const handles = model.variables.filter(({ nodeId }) => used.has(nodeId)).map(handleNode);
  const nodes = calls.flatMap((shapes, index) => shapedCall(`assay/${index}`, definition, shapes, captured));
  await mkdir(folder, { recursive: true });
  const bytes = encodeGraph(model, [...handles, ...captures.nodes, ...nodes], captures, [concreteFunction]);
  await writeFile(path.join(folder, 'saved_model.pb'), bytes);
}

function shapedCall(
  prefix: string,
  definition: LibraryFunction,
  shapes: CallShapes,
  captured: readonly string[],
): Node[] {
  const placeholders = shapes.map((shape, index): Node => {
    const dtype = attribute.type(definition.inputs[index]?.dtype ?? 'float32');
    return {
      name: `${prefix}/in/${index}`,
      op: 'Placeholder',
      attributes: { dtype, shape: attribute.shape(shape) },
    };
  });
  return [
    ...placeholders,
    call(`${prefix}/call`, definition, [...placeholders.map(({ name }) => name), ...captured]),
  ];
}
