import { resultKey } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { placesInto } from './axes.js';
import {
  type Context,
  dependsOnImages,
  isRandom,
  type Plan,
  requestFor,
  type Step,
  settled,
} from './plan.js';
import { filtered, type Randoms, union } from './randomness.js';
import { content, either, hasContent, masked, masksOf, noiseOf, sumOf, type Value } from './unit-value.js';
import { amongContents } from './varying.js';

/** A random choice drops both options, and of one that depends on the images the other is no part. */
export function chosen(context: Context, step: Step): Plan {
  const { graph } = context;
  const { result, axes } = step;
  const flow = unitFlow(graph, result, axes.units);
  if (flow.kind !== 'separate') return settled(content(resultKey(result)));
  const inputs = flow.inputs.flatMap(({ position, units }) =>
    requestFor(context, step, position, {
      ...axes,
      units,
      places: placesInto(graph, result, axes.places, position),
    }),
  );
  const requests = amongContents(context, inputs);
  const condition = requests[0]?.tensor;
  const byChance = condition !== undefined && isRandom(context, condition);
  const byImages = condition !== undefined && dependsOnImages(context, condition);
  return {
    requests,
    combine: ([decided = [], one = [], other = []]) => {
      const both = hasContent(one) && hasContent(other);
      if (byChance) return masked(sumOf([one, other]), decidersIn(decided, both));
      return both || !byImages ? either([one, other]) : sumOf([one, other]);
    },
  };
}

/** Units that are chosen at random are masked; an image that gets one content or the other is not. */
function decidersIn(condition: Value, both: boolean): Randoms {
  const all = union(masksOf(condition), noiseOf(condition));
  return both ? filtered(all, ({ reach }) => reach !== 'rows') : all;
}
