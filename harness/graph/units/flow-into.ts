import { factsOf } from '../ops/catalogue.js';
import type { OperationFacts } from '../ops/operation-facts.js';
import { valuesBehind } from '../ops/values-behind.js';
import type { Graph, Result } from '../shapes/graph.js';
import { combining } from './combining.js';
import { einsum } from './einsum.js';
import { placing } from './placing.js';
import { reduced } from './reducing.js';
import { reshaping } from './reshaping.js';
import { mixed, separate, type UnitFlow, type UnitFlowOf } from './unit-flow.js';
import { type Units, within } from './units.js';

/** From a result back to what its units are made of. */
export function unitFlow(graph: Graph, result: Result, units: Units): UnitFlow {
  const { op } = result.operation.node;
  const own = special[op];
  if (own !== undefined) return own(graph, result, units);
  const facts = factsOf(op);
  switch (facts?.units) {
    case 'same':
    case 'elementwise':
    case 'keeps':
      return fromInputs(facts, graph, result, units);
    case 'reduces':
      return reduced(graph, result, units);
    case 'segments':
    case 'contracts':
    case 'mixes':
      return mixed;
    default:
      return { kind: 'undecided' };
  }
}

const special: Readonly<Record<string, UnitFlowOf>> = { ...reshaping, ...combining, ...placing, ...einsum };

function fromInputs(
  facts: OperationFacts,
  graph: Graph,
  { operation, index }: Result,
  units: Units,
): UnitFlow {
  const positions = valuesBehind(facts, index, graph.inputsOf(operation).length);
  return separate(
    ...positions.map((position) => ({
      position,
      units: within(units, graph.inputShape(operation, position)),
    })),
  );
}
