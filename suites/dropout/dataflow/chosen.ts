import { resultKey } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { placesInto } from './axes.js';
import { haveSameTerms } from './branches.js';
import {
  type Context,
  dependsOnImages,
  isRandom,
  type Plan,
  requestFor,
  type Step,
  settled,
} from './plan.js';
import { filtered, isOfRows, type Randoms, randoms, union } from './randomness.js';
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
      if (byChance) return masked(sumOf([one, other]), decidersIn(decided, one, other));
      return both || !byImages ? either([one, other]) : sumOf([one, other]);
    },
  };
}

/** Units that are chosen at random are masked; an image that gets one content or the other is not. */
export function decidersIn(condition: Value, one: Value, other: Value): Randoms {
  const all = union(masksOf(condition), noiseOf(condition));
  if (!hasContent(one) || !hasContent(other)) return all;
  if (!haveSameTerms(one, other)) return filtered(all, (each) => !isOfRows(each));
  return randoms([...all.values()].map((each) => (isOfRows(each) ? { ...each, reach: 'brightness' } : each)));
}
