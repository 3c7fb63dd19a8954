import { fromLast } from '../../../harness/graph/shapes/axes.js';
import { resultKey } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { integer } from '../../../harness/graph/units/reshaping.js';
import type { Units } from '../../../harness/graph/units/units.js';
import { placesInto } from './axes.js';
import { type Context, opOf, type Plan, requestFor, type Step, settled } from './plan.js';
import { content, either, hasContent, noiseOf, sumOf, type Value } from './unit-value.js';

/** Pieces along an axis: of other units, of places that are added up later, or of one place each. */
export function piecesJoined(context: Context, step: Step): Plan {
  const { graph } = context;
  const { result, axes } = step;
  const flow = unitFlow(graph, result, axes.units);
  const axis = joinedAxis(context, step);
  if (flow.kind !== 'separate') return settled(content(resultKey(result)));
  const has = (units: Units) => typeof units !== 'string' && axis !== undefined && units.includes(axis);
  const stacked = opOf(step) === 'Pack';
  const rest = typeof axes.places === 'string' ? axes.places : axes.places.filter((each) => each !== axis);
  const requests = flow.inputs.flatMap(({ position, units }) => {
    const places = stacked ? placesInto(graph, result, rest, position) : axes.places;
    return requestFor(context, step, position, { ...axes, units, places });
  });
  const name = resultKey(result);
  return {
    requests,
    combine: (values) => {
      if (has(axes.places)) return sumOf(values);
      return either(
        has(axes.units)
          ? values
          : values.some(hasContent)
            ? values.map((one) => asContent(one, name))
            : values,
      );
    },
  };
}

/** What stands beside the images at a place of its own, such as the token of a class, is content like them. */
function asContent(value: Value, name: string): Value {
  return hasContent(value) ? value : content(name, noiseOf(value));
}

function joinedAxis({ graph }: Context, step: Step): number | undefined {
  const { operation } = step.result;
  const rank = graph.shapeOfOrigin(step.result)?.length;
  if (rank === undefined) return undefined;
  if (opOf(step) === 'Pack') return fromLast(integer(operation.node.attributes.get('axis')), rank);
  const named = opOf(step) === 'Concat' ? 0 : graph.inputsOf(operation).length - 1;
  const [axis] = graph.inputNumbers(operation, named) ?? [];
  return axis === undefined ? undefined : fromLast(axis, rank);
}
