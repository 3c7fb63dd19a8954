import { keyOf } from '../../../harness/graph/flow/flow.js';
import type { Origin, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { originKey } from '../../../harness/graph/flow/walk.js';
import type { Result } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { isSelection } from '../../../harness/graph/units/selection.js';
import { narrowed, sameForAll } from '../../../harness/graph/units/units.js';
import type { Axes } from './axes.js';
import { areVariants } from './branches.js';
import { contentName } from './contents.js';
import { drawnIn } from './drawn.js';
import { planOf } from './operations.js';
import {
  type Context,
  dependsOnImages,
  dependsOnVariables,
  isRandom,
  type Plan,
  type Request,
  settled,
} from './plan.js';
import { filtered, isOfRows, type Randomness, type Randoms, randoms, union } from './randomness.js';
import {
  constant,
  content,
  either,
  hasContent,
  masked,
  masksOf,
  noiseOf,
  offset,
  random,
  type Value,
} from './unit-value.js';

/** Finds out what values are composed of, each once, without recursion: graphs are deep. */
export class Evaluation {
  readonly #context: Context;
  readonly #known = new Map<string, Value>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws TooManyWays */
  valueOf(request: Request): Value {
    const open = new Map<string, Plan>();
    const stack = [request];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const key = textOf(top);
      const plan = open.get(key) ?? planFor(this.#context, top);
      const missing = plan.requests.filter(
        (each) => !this.#known.has(textOf(each)) && !open.has(textOf(each)),
      );
      if (this.#known.has(key)) stack.pop();
      else if (missing.length > 0 && !open.has(key)) stack.push(...missing);
      else {
        this.#known.set(key, plan.combine(plan.requests.map((each) => this.#valueIn(each))));
        stack.pop();
      }
      open.set(key, plan);
    }
    return this.#known.get(textOf(request)) ?? [];
  }

  /** What a loop carries around is content of its own while the loop is followed. */
  #valueIn(request: Request): Value {
    return this.#known.get(textOf(request)) ?? content(`around ${keyOf(request.tensor)}`);
  }
}

function textOf({ tensor, axes, rank }: Request): string {
  const { units, places, kernel, spectral, rounds } = axes;
  return `${keyOf(tensor)} ${units} ${places} ${kernel} ${spectral} ${rounds?.id} ${rank}`;
}

/** A value comes from one of its origins; what decides between branches may be random, too. */
function planFor(context: Context, request: Request): Plan {
  const { flow } = context.graph;
  const origins = flow.originsOf(request.tensor);
  const plans = origins.map((origin) => planForOrigin(context, request, origin));
  const ends = plans.map((_, at) => plans.slice(0, at + 1).flatMap(({ requests }) => requests).length);
  return {
    requests: plans.flatMap(({ requests }) => requests),
    combine: (values) => {
      const all = plans.map((plan, at) => plan.combine(values.slice(ends[at - 1] ?? 0, ends[at])));
      const byOrigin = new Map(origins.map((origin, at) => [originKey(origin), all[at] ?? []]));
      const composed = (tensor: SymbolicTensor): Value =>
        either(flow.originsOf(tensor).map((origin) => byOrigin.get(originKey(origin)) ?? []));
      const deciders = decidersOf(context, request, composed);
      const isEmpty = !all.some(hasContent);
      return either(all.map((each) => (hasContent(each) || isEmpty ? masked(each, deciders) : each)));
    },
  };
}

function planForOrigin(context: Context, request: Request, origin: Origin): Plan {
  const { axes, rank } = request;
  const { graph, dependence, doubt } = context;
  const { random: isDrawn, images } = dependence.of(origin);
  if (origin.kind === 'unknown') doubt(origin.why);
  const shape = graph.shapeOfOrigin(origin);
  const own: Axes = { ...axes, units: narrowed(axes.units, shape), places: narrowed(axes.places, shape) };
  const isRow = sameForAll(own.units) && !sameForAll(axes.units);
  if (origin.kind !== 'result' || !isDrawn)
    return settled(leafOf(context, { ...request, axes: own }, origin, images && !isRow));
  if (!images && !(axes.kernel && isMadeUp(context, request, origin, own)))
    return settled(random(drawn(context, origin, own, rank)));
  const plan = planOf(context, { result: origin, axes: own });
  return isRow ? { ...plan, combine: (values) => asFactor(plan.combine(values)) } : plan;
}

/** Whether a random kernel is made of weights and something random, which are looked for in its parts. */
function isMadeUp(context: Context, { tensor }: Request, origin: Result, { units }: Axes): boolean {
  if (context.dependence.isSource(origin.operation)) return false;
  return unitFlow(context.graph, origin, units).kind === 'separate' || dependsOnVariables(context, tensor);
}

function drawn(
  { graph, dependence, doubt }: Context,
  origin: Result,
  axes: Axes,
  rank: number | undefined,
): Randoms {
  const found = drawnIn(graph, dependence, origin, axes, rank);
  if (found.includes(undefined)) doubt([...dependence.unknown][0] ?? 'a part of the graph is missing');
  return randoms(found.filter((one) => one !== undefined));
}

/** What is not random. In a kernel, what has other values for each unit and each value that it is multiplied with. */
function leafOf(
  { graph, dependence }: Context,
  { tensor, axes: { units, places, kernel } }: Request,
  origin: Origin,
  isContent: boolean,
): Value {
  const weighs = kernel && !sameForAll(units) && !sameForAll(places) && !isSelection(graph, tensor);
  if (isContent || weighs) return content(contentName(graph, dependence, origin, units));
  return graph.numbersIn(tensor)?.some((number) => number !== 0) ? offset : constant;
}

/** What is the same for all units of an image is no content of theirs; but it may drop them all. */
function asFactor(value: Value): Value {
  const masks = union(
    masksOf(value),
    value.every(({ terms }) => terms.size === 0) ? noiseOf(value) : new Map(),
  );
  return random(filtered(masks, isOfRows));
}

/** One branch or the other at random is a mask, where a branch gives up what the images gave, or changes it. */
function decidersOf(
  context: Context,
  { tensor, axes, rank }: Request,
  composed: (option: SymbolicTensor) => Value,
): Randoms {
  const { graph, dependence } = context;
  const found = graph.flow.choicesOf(tensor).flatMap((choice): readonly Randomness[] => {
    if (!isRandom(context, choice.decider)) return [];
    const drops = choice.options.some((option) => !dependsOnImages(context, option));
    if (!drops && !areVariants(graph, choice, choice.options.map(composed))) return [];
    const reach = axes.units === 'single' ? 'units' : drops ? 'rows' : 'brightness';
    return graph.flow
      .originsOf(choice.decider)
      .filter((origin) => origin.kind === 'result')
      .filter((origin) => dependence.of(origin).random)
      .flatMap((origin) => drawnIn(graph, dependence, origin, { ...axes, units: [], places: [] }, rank))
      .filter((one) => one !== undefined)
      .map((one) => ({ ...one, reach }));
  });
  return randoms(found);
}
