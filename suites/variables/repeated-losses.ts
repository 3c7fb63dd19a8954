import { lossFunctions } from '../../harness/engine/losses.js';
import type { Tensor } from '../../harness/engine/subject.js';
import { constantShape } from '../../harness/graph/flow/constant.js';
import { Flow } from '../../harness/graph/flow/flow.js';
import type {
  ConcreteFunction,
  GraphNode,
  SavedModel,
  Variable,
} from '../../harness/savedmodel/saved-model.js';

/** A regularization loss, and what it is told by. */
type Told = {
  readonly index: number;
  readonly variables: readonly Variable[];
  /** The same for losses of the same operations on the same objects. */
  readonly computation: string;
  readonly value: number;
};

/**
 * Warnings of losses that are listed again, by mistake as a rule: they count twice. Losses that merely share a variable
 * are others, such as the two of concrete dropout.
 */
export function repeatedLosses(model: SavedModel, values: readonly Tensor[]): string[] {
  const losses = lossFunctions(model).map((loss, index) => told(model, loss, index, values[index]));
  return losses.flatMap((loss) => {
    const original = losses.slice(0, loss.index).find((other) => isSame(other, loss));
    return original ? [warning(original, loss)] : [];
  });
}

function told(model: SavedModel, loss: ConcreteFunction, index: number, value: Tensor | undefined): Told {
  const sites = new Flow(model, loss).callSites();
  const operations = sites.flatMap(({ body }) => body.nodes.map(operationTold));
  const captures = [...new Set(loss.captures)].sort((a, b) => a - b);
  return {
    index,
    variables: model.variables.filter(({ nodeId }) => captures.includes(nodeId)),
    computation: [...captures, ...operations.sort()].join(' '),
    value: value?.values[0] ?? Number.NaN,
  };
}

/** With what a constant holds: it may tell which part of a variable is meant. One number of a loss is its strength. */
function operationTold(node: GraphNode): string {
  const { op, attributes } = node;
  const [type, value] = [attributes.get('dtype'), attributes.get('value')];
  if (value?.kind !== 'tensor') return op;
  const isStrength = type?.kind === 'type' && /float/.test(type.value) && constantShape(node)?.length === 0;
  return isStrength ? op : `${op}:${Buffer.from(value.bytes).toString('base64')}`;
}

function isSame(one: Told, other: Told): boolean {
  if (sharedBy(one, other) === undefined) return false;
  return one.computation === other.computation || isClose(one.value, other.value);
}

/** Apart from rounding. Quite different losses are 0 at the stored weights. */
function isClose(a: number, b: number): boolean {
  return a !== 0 && Math.abs(a - b) <= 1e-6 * Math.abs(a);
}

function sharedBy(one: Told, { variables }: Told): Variable | undefined {
  return one.variables.find((variable) => variables.includes(variable));
}

function warning(one: Told, other: Told): string {
  const places = [one, other].map(({ index }) => `regularization_losses[${index}]`).join(' and ');
  const how = one.computation === other.computation ? 'compute the same' : 'have the same value';
  const variable = sharedBy(one, other);
  return `${places} ${how} and read the same variable, ${variable?.path || variable?.name}.`;
}
