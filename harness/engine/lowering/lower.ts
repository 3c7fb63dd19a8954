import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { allThatIsAssigned } from '../../graph/assigned.js';
import type { ConcreteFunction, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { type LoweredFunction, lowerCall } from './calls.js';
import { type Captures, capturesOf, UnsupportedCapture } from './captures.js';
import { emptyConvolution } from './empty-convolution.js';
import { encodeGraph } from './encode.js';
import type { Node } from './nodes.js';
import { lowerPerturbations } from './perturbations.js';
import { lowerPictures } from './pictures.js';
import { type AssignedNodes, comparable, lowerVariables } from './variables.js';

/** A session-ready SavedModel, written out, and the names of what can be fed and fetched. */
export type Lowered = {
  readonly folder: string;
  readonly concreteFunctions: ReadonlyMap<ConcreteFunction, LoweredFunction>;
  /** Concrete functions that cannot be run here, and why. */
  readonly unsupported: ReadonlyMap<ConcreteFunction, string>;
  readonly reset: string;
  /** Fetch it for the shape of a convolution of an empty batch. */
  readonly emptyConvolution: string;
  readonly changed?: string;
  readonly putBack: string;
  readonly compared: readonly Variable[];
  /** `changed` and `putBack` of the variables alone that calls of these concrete functions assign. */
  readonly assigned?: AssignedNodes;
  /** Variables whose values can be read as numbers and perturbed. */
  readonly floating: readonly Variable[];
  /** Fetch it for one bool per variable of `floating`: are all its values finite? */
  readonly finite?: string;
};

/**
 * Writes a SavedModel into `folder` in which each of these concrete functions can be fed and fetched by name, with every
 * variable of the original behind it. The original's functions are used as they are.
 */
export async function lower(
  model: SavedModel,
  concreteFunctions: readonly ConcreteFunction[],
  folder: string,
): Promise<Lowered> {
  const captures = capturesOf(model);
  const { nodes, lowered, unsupported } = lowerFunctions(model, concreteFunctions, captures);
  const variables = lowerVariables(model, captures.tables, assignedBy(model, concreteFunctions));
  const perturbations = lowerPerturbations(model, variables.restored);
  await mkdir(folder, { recursive: true });
  const own = [...emptyConvolution.nodes, ...lowerPictures(), ...variables.nodes, ...perturbations.nodes];
  await writeFile(
    path.join(folder, 'saved_model.pb'),
    encodeGraph(model, [...own, ...captures.nodes, ...nodes], captures, [...lowered.keys()]),
  );
  const { reset, changed, compared, putBack, assigned } = variables;
  return {
    folder,
    concreteFunctions: lowered,
    unsupported,
    reset,
    putBack,
    emptyConvolution: emptyConvolution.fetch,
    compared,
    floating: perturbations.floating,
    ...(changed === undefined ? {} : { changed }),
    ...(assigned === undefined ? {} : { assigned }),
    ...(perturbations.finite === undefined ? {} : { finite: perturbations.finite }),
  };
}

/** The variables that the concrete functions assign, of those that assign nothing else, as far as the graph tells. */
function assignedBy(model: SavedModel, concreteFunctions: readonly ConcreteFunction[]): readonly Variable[] {
  const found = concreteFunctions.flatMap((one) => {
    const assigned = allThatIsAssigned(model, one);
    return assigned?.every(comparable) ? assigned : [];
  });
  return [...new Set(found)];
}

function lowerFunctions(
  model: SavedModel,
  concreteFunctions: readonly ConcreteFunction[],
  captures: Captures,
) {
  const lowered = new Map<ConcreteFunction, LoweredFunction>();
  const unsupported = new Map<ConcreteFunction, string>();
  const nodes: Node[] = [];
  for (const [index, concreteFunction] of concreteFunctions.entries()) {
    try {
      const made = lowerCall(model, concreteFunction, `assay/function/${index}`, captures);
      nodes.push(...made.nodes);
      lowered.set(concreteFunction, made.lowered);
    } catch (error) {
      if (!(error instanceof UnsupportedCapture)) throw error;
      unsupported.set(concreteFunction, error.message);
    }
  }
  return { nodes, lowered, unsupported };
}
