import type { Graph, Result } from '../shapes/graph.js';
import { separate, type UnitFlow, type UnitFlowOf } from './unit-flow.js';
import { moved, type Units } from './units.js';

/** Operations that put values at places of a tensor. */
export const placing: Readonly<Record<string, UnitFlowOf>> = {
  ScatterNd: (_, __, units) =>
    separate({ position: 0, units: placed(units) }, { position: 1, units: placed(units) }),
  SparseToDense: (_, __, units) =>
    separate({ position: 0, units: placed(units) }, { position: 2, units: placed(units) }),
  TensorScatterAdd: scattered,
  TensorScatterMax: scattered,
  TensorScatterMin: scattered,
  TensorScatterSub: scattered,
  TensorScatterUpdate: scattered,
  MatrixSetDiag: onDiagonal,
  MatrixSetDiagV2: onDiagonal,
  MatrixSetDiagV3: onDiagonal,
  DynamicStitch: (graph, result, units) => stitched(graph, result, units),
  ParallelDynamicStitch: (graph, result, units) => stitched(graph, result, units),
  UnsortedSegmentSum: grouped,
  UnsortedSegmentMax: grouped,
  UnsortedSegmentMin: grouped,
  UnsortedSegmentProd: grouped,

  TensorStridedSliceUpdate: (_, __, units) => separate({ position: 0, units }, { position: 4, units }),
};

function onDiagonal(_: Graph, __: Result, units: Units): UnitFlow {
  return separate(
    { position: 0, units },
    { position: 1, units: moved(units, (axis) => [Math.max(0, axis - 1)]) },
  );
}

/** The first half of the inputs says where the rows of the second half go, along the first axis. */
function stitched(graph: Graph, { operation }: Result, units: Units): UnitFlow {
  const inputs = graph.inputsOf(operation);
  return separate(
    ...inputs.slice(inputs.length / 2).map((_, at) => ({ position: inputs.length / 2 + at, units })),
  );
}

/** Groups of the first axis; where each holds one value, these are the values still. */
function grouped(_: Graph, __: Result, units: Units): UnitFlow {
  return separate({ position: 0, units });
}

function scattered(_: Graph, __: Result, units: Units): UnitFlow {
  return separate(
    { position: 0, units },
    { position: 1, units: placed(units) },
    { position: 2, units: placed(units) },
  );
}

/** Places, and what is put there, are of single units; unless the value is the same for all. */
function placed(units: Units): Units {
  return typeof units !== 'string' && units.length === 0 ? units : 'single';
}
