import type { Attribute } from '../../savedmodel/saved-model.js';
import { fromLast } from '../shapes/axes.js';
import type { Graph, Result } from '../shapes/graph.js';
import { integer } from './reshaping.js';
import { type Input, mixed, separate, type UnitFlow, type UnitFlowOf } from './unit-flow.js';
import { lost, moved, type Units, within } from './units.js';

/** Operations that make one value out of several. */
export const combining: Readonly<Record<string, UnitFlowOf>> = {
  ConcatV2: (graph, result, units) => joined(graph, result, units, -1),
  Concat: (graph, result, units) => joined(graph, result, units, 0),

  Pack: (graph, { operation }, units) => {
    const shape = graph.inputShape(operation, 0);
    const axis = integer(operation.node.attributes.get('axis'));
    if (axis >= 0 && shape === null) return separate(...everyInput(graph, operation, lost(units)));
    const at = fromLast(axis, (shape?.length ?? 0) + 1);
    return separate(...everyInput(graph, operation, withoutStacked(units, at)));
  },

  Select: (graph, { operation }, units) => {
    const [asked, chosen] = [graph.inputShape(operation, 0), graph.inputShape(operation, 1)];
    const rows = asked?.length === 1 && (chosen?.length ?? 0) > 1;
    const ofRows = moved(units, (axis) => (axis === (chosen?.length ?? 0) - 1 ? [0] : []));
    return separate(
      { position: 0, units: rows ? ofRows : within(units, asked) },
      { position: 1, units },
      { position: 2, units },
    );
  },

  Fill: (_, __, units) => separate({ position: 1, units: within(units, []) }),

  BiasAdd: (graph, { operation }, units) => {
    const channel = channelAxis(graph, operation);
    return separate({ position: 0, units }, { position: 1, units: ofChannels(units, channel) });
  },

  FusedBatchNorm: normalised,
  FusedBatchNormV2: normalised,
  FusedBatchNormV3: normalised,
  BatchNormWithGlobalNormalization: normalised,

  Conv2D: (graph, { operation }, units) => {
    const [kernel, maps] = [graph.inputShape(operation, 1), graph.inputShape(operation, 0)];
    const channel = channelAxis(graph, operation);
    const channels = maps?.[maps.length - 1 - channel];
    const alone = kernel?.[2] === 1 && channels !== 1 && channels !== null && channels !== undefined;
    return alone ? separate({ position: 0, units }) : mixed;
  },

  GatherV2: (graph, result, units) =>
    gathered(graph, result, units, graph.inputNumbers(result.operation, 2)?.[0]),
  Gather: (graph, result, units) => gathered(graph, result, units, 0),
  GatherNd: gatheredNd,

  OneHot: (graph, { operation }, units) => {
    const rank = graph.inputShape(operation, 0)?.length;
    const axis = integer(operation.node.attributes.get('axis'));
    if (axis >= 0 && rank === undefined) return separate({ position: 0, units: lost(units) });
    return separate({ position: 0, units: withoutStacked(units, fromLast(axis, (rank ?? 0) + 1)) });
  },

  TensorListFromTensor: (_, __, units) => separate({ position: 0, units }),
  TensorListGather: (_, __, units) => separate({ position: 0, units }),
  TensorListGetItem: (_, __, units) => separate({ position: 0, units }),
  TensorListPushBack: (_, __, units) => separate({ position: 0, units }, { position: 1, units }),
  TensorListSetItem: (_, __, units) => separate({ position: 0, units }, { position: 2, units }),
  TensorListStack: (graph, result, units) =>
    separate({ position: 0, units: unstacked(graph, result, units) }),
  TensorListConcatV2: (_, __, units) => separate({ position: 0, units }),
  TensorListResize: (_, __, units) => separate({ position: 0, units }),
  TensorArrayGatherV3: (graph, result, units) =>
    separate({ position: 2, units: unstacked(graph, result, units) }),
  TensorArrayReadV3: (_, __, units) => separate({ position: 2, units }),
  TensorArrayConcatV3: (_, __, units) => separate({ position: 1, units }),
  TensorArrayWriteV3: (_, __, units) => separate({ position: 2, units }, { position: 3, units }),
  TensorArrayScatterV3: (_, __, units) => separate({ position: 2, units }, { position: 3, units }),
};

type Operation = Result['operation'];

function everyInput(graph: Graph, operation: Operation, units: Units): readonly Input[] {
  return graph.inputsOf(operation).map((_, position) => ({ position, units }));
}

/** `axisAt`: which input names the axis, the first or the last. A piece of one unit is all there is of that unit. */
function joined(graph: Graph, { operation }: Result, units: Units, axisAt: 0 | -1): UnitFlow {
  const positions = graph.inputsOf(operation).map((_, position) => position);
  const named = positions.at(axisAt) ?? 0;
  const [axis] = graph.inputNumbers(operation, named) ?? [];
  const pieces = positions.filter((position) => position !== named);
  return separate(
    ...pieces.map((position): Input => {
      const shape = graph.inputShape(operation, position);
      if (axis === undefined || shape === null) return { position, units: lost(units) };
      const at = fromLast(axis, shape.length);
      const alone = typeof units !== 'string' && units.includes(at) && shape[shape.length - 1 - at] === 1;
      return { position, units: alone ? 'single' : units };
    }),
  );
}

/** Values that are stacked along the axis of the units are single units. */
function withoutStacked(units: Units, axis: number): Units {
  if (typeof units !== 'string' && units.includes(axis)) return 'single';
  return moved(units, (each) => [each > axis ? each - 1 : each]);
}

/** A list of tensors is stacked along a new first axis. */
function unstacked(graph: Graph, result: Result, units: Units): Units {
  const rank = graph.shapeOfOrigin(result)?.length;
  return rank === undefined ? units : withoutStacked(units, rank - 1);
}

function normalised(graph: Graph, { operation, output }: Result, units: Units): UnitFlow {
  const channel = channelAxis(graph, operation);
  if (output !== 'y' && output !== 'result')
    return separate({ position: 0, units: moved(units, (axis) => (axis === 0 ? [channel] : [])) });
  const others = [1, 2, 3, 4].map((position) => ({ position, units: ofChannels(units, channel) }));
  return separate({ position: 0, units }, ...others);
}

/** The units of a vector with one value per channel. */
function ofChannels(units: Units, channel: number): Units {
  return moved(units, (axis) => (axis === channel ? [0] : []));
}

/** The axis of the channels, counted from the last. */
function channelAxis(graph: Graph, operation: Operation): number {
  const format: Attribute | undefined = operation.node.attributes.get('data_format');
  const first = format?.kind === 'string' && format.value.startsWith('NC');
  return first ? (graph.inputShape(operation, 0)?.length ?? 4) - 2 : 0;
}

function gathered(graph: Graph, { operation }: Result, units: Units, axis: number | undefined): UnitFlow {
  const [rank, indices] = [graph.inputShape(operation, 0)?.length, graph.inputShape(operation, 1)?.length];
  if (typeof units === 'string') return separate({ position: 0, units }, { position: 1, units });
  if (axis === undefined || rank === undefined || indices === undefined)
    return separate({ position: 0, units: lost(units) }, { position: 1, units: lost(units) });
  const after = fromLast(axis, rank);
  const block = indices - integer(operation.node.attributes.get('batch_dims'));
  const chosen = units.some((each) => each >= after && each < after + block);
  const taken = moved(units, (each) => {
    if (each < after) return [each];
    return each < after + block ? [after] : [each - block + 1];
  });
  return separate(
    { position: 0, units: taken },
    ...(chosen ? [{ position: 1, units: 'single' as const }] : []),
  );
}

/** Each index names a place along the first axes; what it names keeps its further axes, and the places often their own. */
function gatheredNd(graph: Graph, { operation }: Result, units: Units): UnitFlow {
  const [rank, indices] = [graph.inputShape(operation, 0)?.length, graph.inputShape(operation, 1)];
  const depth = indices?.at(-1);
  const isKnown = rank !== undefined && indices && typeof depth === 'number';
  if (typeof units === 'string' || !isKnown)
    return separate({ position: 0, units: lost(units) }, { position: 1, units: lost(units) });
  const whole = rank - depth;
  const chosen = units.some((each) => each >= whole);
  const placed = chosen && indices.length - 1 !== depth ? 'lost' : units;
  return separate(
    { position: 0, units: placed },
    ...(chosen ? [{ position: 1, units: 'single' as const }] : []),
  );
}
