import { keyOf } from '../../../harness/graph/flow/flow.js';
import type { SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { integer } from '../../../harness/graph/units/reshaping.js';
import { decidersIn } from './chosen.js';
import { type Context, isRandom, opOf, type Plan, requestFor, type Step } from './plan.js';
import { union } from './randomness.js';
import { masked, sumOf } from './unit-value.js';

/** One of several stacked values, picked by a single random number; undefined for any other operation. */
export function picked(context: Context, step: Step): Plan | undefined {
  const stack = stackPicked(context, step);
  if (stack === undefined) return undefined;
  const index = requestFor(context, step, 1, { ...step.axes, units: 'single', places: [] });
  const rank = context.graph.shapeOfOrigin(step.result)?.length;
  const options = stack.map((tensor) => ({ tensor, axes: step.axes, rank }));
  return {
    requests: [...index, ...options],
    combine: ([decided = [], ...values]) => {
      const deciders = values.flatMap((one, at) =>
        values.slice(at + 1).map((other) => decidersIn(decided, one, other)),
      );
      return masked(sumOf(values), deciders.reduce(union));
    },
  };
}

/** The different values of a stack of which a random one is taken. */
function stackPicked(context: Context, step: Step): readonly SymbolicTensor[] | undefined {
  const { graph } = context;
  const { operation } = step.result;
  const [table, index] = graph.inputsOf(operation);
  if (!/^Gather(V2)?$/.test(opOf(step)) || table === undefined || index === undefined) return undefined;
  const [origin, ...others] = graph.flow.originsOf(table);
  if (origin?.kind !== 'result' || others.length > 0 || origin.operation.node.op !== 'Pack') return undefined;
  const [axis = 0] = graph.inputNumbers(operation, 2) ?? [];
  const isSame = integer(origin.operation.node.attributes.get('axis')) === axis;
  const isSingle = graph.shapeOf(index)?.length === 0;
  if (!isSame || !isSingle || !isRandom(context, index)) return undefined;
  const options = new Map(graph.inputsOf(origin.operation).map((tensor) => [keyOf(tensor), tensor]));
  return options.size > 1 ? [...options.values()] : undefined;
}
