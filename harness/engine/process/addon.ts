import { createRequire } from 'node:module';

/**
 * The part of tfjs-node's native addon that the engine uses. Tensors are numbers; names of inputs and
 * outputs are joined by commas, which is why no node of ours has a comma in its name.
 * Source: `binding/tfjs_binding.cc` of @tensorflow/tfjs-node 4.22.0.
 */
export type Addon = {
  readonly TF_Version: string;
  createTensor(
    shape: readonly number[],
    dtype: number,
    values: Float32Array | Int32Array | Uint8Array | readonly Uint8Array[],
  ): number;
  deleteTensor(tensor: number): void;
  tensorDataSync(tensor: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(model: number): void;
  runSavedModel(
    model: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): { readonly id: number; readonly shape: readonly number[]; readonly dtype: number }[];
};

/** Our own addon, `harness/engine/native/graph_addon.cc`. Names of tensors are `operation:output`. */
export type GraphAddon = {
  /** Adds the gradient of the ys by each x to a GraphDef. */
  addGradients(
    graphDef: Uint8Array,
    ys: readonly string[],
    dys: readonly string[],
    xs: readonly string[],
    prefix: string,
  ): { readonly graph: Uint8Array; readonly gradients: readonly (string | null)[] };
  /** Imports graphs beside a library, each on its own; why TensorFlow refuses it, or null. */
  importFunctions(library: Uint8Array, graphs: readonly Uint8Array[]): readonly (string | null)[];
};

/** An addon can't be loaded, which says nothing of a model. */
export class AddonLost extends Error {}

/** Loads our own addon into this process. @throws AddonLost */
export function loadGraphAddon(file: string): GraphAddon {
  try {
    return createRequire(import.meta.url)(file) as GraphAddon;
  } catch (error) {
    throw new AddonLost(`An addon of assay cannot be loaded: ${(error as Error).message}.`);
  }
}

/** Loads the native library into this process. @throws Error when the library or TensorFlow behind it can't be loaded */
export function loadAddon(file: string): Addon {
  return createRequire(import.meta.url)(file) as Addon;
}
