import { operationText } from '../../../harness/graph/flow/operation-text.js';
import type { Operation } from '../../../harness/graph/flow/symbolic-tensor.js';
import { factsOf } from '../../../harness/graph/ops/catalogue.js';
import { rearranges } from '../../../harness/graph/randomness/random.js';
import { isOpaque } from '../../../harness/graph/randomness/unseen.js';
import { axesReduced } from '../../../harness/graph/shapes/axes.js';
import { operationKey, resultKey } from '../../../harness/graph/shapes/graph.js';
import { contractionOf } from '../../../harness/graph/units/contraction.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { integer } from '../../../harness/graph/units/reshaping.js';
import { sameForAll, type Units } from '../../../harness/graph/units/units.js';
import { type Axes, joined, placesInto } from './axes.js';
import { chosen } from './chosen.js';
import { isTransform, selectionOf } from './contents.js';
import { contracted } from './contracted.js';
import { movedBy } from './moved-units.js';
import { picked } from './picked.js';
import { piecesJoined } from './pieces.js';
import {
  type Context,
  dependsOnImages,
  dependsOnVariables,
  opOf,
  type Plan,
  requestFor,
  type Step,
  settled,
} from './plan.js';
import { type Randomness, type Randoms, randoms } from './randomness.js';
import { axesOfRounds } from './rounds.js';
import { content, either, masked, passed, productOf, renamed, sumOf, withRandoms } from './unit-value.js';
import { amongContents } from './varying.js';

/** How the result of an operation is composed, which is random and depends on the images. */
export function planOf(context: Context, step: Step): Plan {
  const plan = planned(context, step);
  const { operation } = step.result;
  return { ...plan, combine: (values) => passed(operation, plan.combine(values)) };
}

function planned(context: Context, step: Step): Plan {
  const op = opOf(step);
  const contraction = contractionOf(context.graph, step.result);
  if (contraction !== undefined) return contracted(context, step, contraction);
  const facts = factsOf(op);
  if (facts?.acts === 'chooses') return chosen(context, step);
  if (rearranges(step.result.operation.node)) return shuffled(context, step);
  if (facts?.units === 'reduces') return reduced(context, step);
  if (op === 'ConcatV2' || op === 'Concat' || op === 'Pack') return piecesJoined(context, step);
  if (isTransform(op)) return transformed(context, step);
  return picked(context, step) ?? combined(context, step);
}

/** From the inputs that its units come from, added, multiplied or one of them. */
function combined(context: Context, step: Step): Plan {
  const { graph } = context;
  const { result } = step;
  const axes = axesOfRounds(graph, result, step.axes) ?? step.axes;
  const flow = unitFlow(graph, result, axes.units);
  if (flow.kind === 'undecided') endAt(context, result.operation);
  if (flow.kind !== 'separate' || filters(context, step)) return settled(content(resultKey(result)));
  const requests = flow.inputs.flatMap(({ position, units }) =>
    requestFor(context, step, position, {
      ...axes,
      units,
      places: joined(placesInto(graph, result, axes.places, position), pooledAxes(step)),
    }),
  );
  const op = opOf(step);
  const combine = isSum(op) ? sumOf : alternatives.test(op) ? either : productOf;
  const inputs = combine === productOf ? amongContents(context, requests) : requests;
  return {
    requests: [...inputs, ...movedBy(context, step)],
    combine: (values) => renamed(combine(values), selectionOf(graph, result)),
  };
}

function endAt({ doubt, ends }: Context, operation: Operation): void {
  if (isOpaque(operation.node)) ends(operation);
  else doubt(`${operationText(operation)} is not known to this check`);
}

/** Its inputs are added, or compared: each of them matters for itself. */
function isSum(op: string): boolean {
  const acts = factsOf(op)?.acts;
  return (
    acts === 'adds' ||
    acts === 'compares' ||
    /^(BiasAdd|Maximum|Minimum|SquaredDifference|TensorScatterAdd)/.test(op)
  );
}

/** Their result is one of their inputs, or holds them at places of their own. */
const alternatives = /^(Ref)?Merge$|^ReadVariableOp$|^Tensor(List|Array)|DynamicStitch$|^MatrixSetDiag/;

/** Axes of the windows that a pooling takes the mean or the largest of. */
function pooledAxes({ result }: Step): Units {
  const { op, attributes } = result.operation.node;
  if (op === 'ResizeArea' || op === 'ScaleAndTranslate') return [1, 2];
  const sizes = /Pool/.test(op) ? attributes.get('ksize') : undefined;
  if (sizes?.kind !== 'list') return [];
  return sizes.items.flatMap((size, axis) => (integer(size) > 1 ? [sizes.items.length - 1 - axis] : []));
}

/** A product with learned values, between a Fourier transform of the units and its inverse, mixes them. */
function filters(context: Context, step: Step): boolean {
  if (!step.axes.spectral || !/^(Mul|BatchMatMul)/.test(opOf(step))) return false;
  const others = context.graph
    .inputsOf(step.result.operation)
    .filter((tensor) => !dependsOnImages(context, tensor));
  return others.some((tensor) => dependsOnVariables(context, tensor));
}

/** Over places the mean keeps a unit that some of them keep; the smallest of them, and the product, does not. */
function reduced(context: Context, step: Step): Plan {
  const { graph } = context;
  const { result, axes } = step;
  const flow = unitFlow(graph, result, axes.units);
  if (flow.kind !== 'separate') return settled(content(resultKey(result)));
  const gone = axesReduced(graph, result) ?? 'lost';
  const before = placesInto(graph, result, axes.places, 0);
  const places = /^(All|Arg(Max|Min)|Min|Prod)$/.test(opOf(step)) ? before : joined(before, gone);
  const requests = flow.inputs.flatMap(({ position, units }) =>
    requestFor(context, step, position, { ...axes, units, places }),
  );
  return { requests, combine: either };
}

/** An order of pixels or images drops nothing, one of units does. */
function shuffled(context: Context, step: Step): Plan {
  const { graph } = context;
  const { result, axes } = step;
  const rank = graph.shapeOfOrigin(result)?.length;
  const requests = requestFor(context, step, 0, axes);
  const ofUnits = typeof axes.units === 'string' || rank === undefined || axes.units.includes(rank - 1);
  if (!ofUnits || sameForAll(axes.units)) return { requests, combine: either };
  const { operation } = result;
  const order = randoms([
    {
      source: operationKey(operation),
      reach: 'units',
      centred: false,
      transformed: false,
      drawn: [operation],
      trail: undefined,
    },
  ]);
  return { requests, combine: (values) => masked(either(values), order) };
}

/** Over places it mixes them; over all units, too, unless the inverse follows. */
function transformed(context: Context, step: Step): Plan {
  const { result, axes } = step;
  const count = Number(/(\d)D$/.exec(opOf(step))?.[1] ?? 1);
  const own = Array.from({ length: count }, (_, axis) => axis);
  const { units } = axes;
  const ofUnits = typeof units === 'string' || units.some((axis) => axis < count);
  const ofAllUnits = typeof units !== 'string' && units.every((axis) => axis < count);
  const inner: Axes = ofUnits
    ? { ...axes, spectral: !axes.spectral }
    : { ...axes, places: joined(axes.places, own) };
  return {
    requests: requestFor(context, step, 0, inner),
    combine: (values) => {
      const value = renamed(either(values), selectionOf(context.graph, result));
      return ofAllUnits ? withRandoms(value, turned) : value;
    },
  };
}

/** What scales a whole row scales its spectrum. */
function turned(all: Randoms): Randoms {
  const turnedOver = (one: Randomness) =>
    one.reach === 'units' ? { ...one, transformed: !one.transformed } : one;
  return randoms([...all.values()].map(turnedOver));
}
