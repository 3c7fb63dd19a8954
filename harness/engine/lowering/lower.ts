import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SavedModel, Trace, Variable } from '../../savedmodel/saved-model.js';
import { type LoweredTrace, lowerCall } from './calls.js';
import { type Captures, capturesOf, UnsupportedCapture } from './captures.js';
import { emptyConvolution } from './empty-convolution.js';
import { encodeGraph } from './encode.js';
import type { Node } from './nodes.js';
import { lowerPictures } from './pictures.js';
import { lowerProbes } from './probes.js';
import { lowerVariables } from './variables.js';

/** A session-ready SavedModel, written out, and the names of what can be fed and fetched. */
export type Lowered = {
  readonly folder: string;
  readonly traces: ReadonlyMap<Trace, LoweredTrace>;
  /** Traces that cannot be run here, and why. */
  readonly unsupported: ReadonlyMap<Trace, string>;
  readonly reset: string;
  /** Fetch it for the shape of a convolution of an empty batch. */
  readonly emptyConvolution: string;
  readonly changed?: string;
  readonly putBack: string;
  readonly compared: readonly Variable[];
  /** Variables whose values can be read as numbers and moved. */
  readonly floating: readonly Variable[];
  /** Fetch it for one bool per variable of `floating`: are all its values finite? */
  readonly finite?: string;
};

/**
 * Writes a SavedModel into `folder` in which each of these traces can be fed and fetched by name, with every
 * variable of the original behind it. The original's functions are used as they are.
 */
export async function lower(model: SavedModel, traces: readonly Trace[], folder: string): Promise<Lowered> {
  const captures = capturesOf(model);
  const variables = lowerVariables(model);
  const probes = lowerProbes(variables.restored);
  const { nodes, lowered, unsupported } = lowerTraces(model, traces, captures);
  await mkdir(folder, { recursive: true });
  const own = [...emptyConvolution.nodes, ...lowerPictures(), ...variables.nodes, ...probes.nodes];
  await writeFile(
    path.join(folder, 'saved_model.pb'),
    encodeGraph(model, [...own, ...captures.nodes, ...nodes], captures, [...lowered.keys()]),
  );
  const { reset, changed, compared, putBack } = variables;
  return {
    folder,
    traces: lowered,
    unsupported,
    reset,
    putBack,
    emptyConvolution: emptyConvolution.fetch,
    compared,
    floating: probes.floating,
    ...(changed === undefined ? {} : { changed }),
    ...(probes.finite === undefined ? {} : { finite: probes.finite }),
  };
}

function lowerTraces(model: SavedModel, traces: readonly Trace[], captures: Captures) {
  const lowered = new Map<Trace, LoweredTrace>();
  const unsupported = new Map<Trace, string>();
  const nodes: Node[] = [];
  for (const [index, trace] of traces.entries()) {
    try {
      const made = lowerCall(model, trace, `assay/trace/${index}`, captures);
      nodes.push(...made.nodes);
      lowered.set(trace, made.lowered);
    } catch (error) {
      if (!(error instanceof UnsupportedCapture)) throw error;
      unsupported.set(trace, error.message);
    }
  }
  return { nodes, lowered, unsupported };
}
