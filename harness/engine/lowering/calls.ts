import type { ConcreteFunction, LibraryFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { type Captures, captureInput } from './captures.js';
import { attribute, call, cast, identity, type Node } from './nodes.js';

/** A concrete function as it can be run: what to feed and what to fetch. */
export type LoweredFunction = {
  readonly concreteFunction: ConcreteFunction;
  /** Of the names of its nodes. */
  readonly prefix: string;
  /** One per tensor argument, in the concrete function's flat order. */
  readonly inputs: readonly LoweredInput[];
  /** One per tensor of the result, in flat order. */
  readonly outputs: readonly LoweredOutput[];
};

/** `feed`: the node to feed and the dtype it takes; other scalar dtypes are cast in the graph. */
export type LoweredInput = { readonly feed: string; readonly feedDtype: string; readonly dtype: string };

export type LoweredOutput = {
  /** As the function returns it. */
  readonly dtype: string;
  /** The values as float32; for a dtype that is not a number, the shape as int32. */
  readonly fetch: string;
  readonly gives: 'values' | 'shape';
};

/** The nodes that call one concrete function with fed arguments and the model's own captures. */
export function lowerCall(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
  prefix: string,
  captures: Captures,
): { nodes: Node[]; lowered: LoweredFunction } {
  const definition = model.functions.get(concreteFunction.functionName);
  if (!definition)
    throw new Error(`The function ${concreteFunction.functionName} is not in the model's library.`);
  const inputs = lowerArguments(definition, concreteFunction, prefix);
  const outputs = definition.outputs.map(({ dtype }, index) =>
    output(`${prefix}/out/${index}`, `${prefix}/call:${index}`, dtype),
  );
  const given = givenTo(inputs, concreteFunction, captures);
  return {
    nodes: [
      ...inputs.flatMap((entry) => entry.nodes),
      call(`${prefix}/call`, definition, given),
      ...outputs.flatMap((entry) => entry.nodes),
    ],
    lowered: {
      concreteFunction,
      prefix,
      inputs: inputs.map((entry) => entry.lowered),
      outputs: outputs.map((entry) => entry.lowered),
    },
  };
}

/** What a concrete function is called with: what is fed, then what it captures. @throws UnsupportedCapture */
export function givenTo(
  inputs: readonly { readonly name: string }[],
  { captures: captured }: ConcreteFunction,
  captures: Captures,
): string[] {
  return [...inputs.map(({ name }) => name), ...captured.map((nodeId) => captureInput(captures, nodeId))];
}

/** Placeholders for the tensor arguments of a concrete function, in order; `name` is the node that gives each. */
export function lowerArguments(
  definition: LibraryFunction,
  concreteFunction: ConcreteFunction,
  prefix: string,
) {
  return argumentsOf(definition, concreteFunction).map(({ dtype }, index) =>
    input(`${prefix}/in/${index}`, dtype),
  );
}

function argumentsOf(definition: LibraryFunction, concreteFunction: ConcreteFunction) {
  return definition.inputs.slice(0, definition.inputs.length - concreteFunction.captures.length);
}

const fedAsTheyAre: ReadonlySet<string> = new Set(['float32', 'int32', 'bool']);
const whole: ReadonlySet<string> = new Set(['int8', 'int16', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']);

/** A placeholder of unknown shape: which shapes a concrete function takes is decided before, as Python decides it. */
function input(name: string, dtype: string): { name: string; nodes: Node[]; lowered: LoweredInput } {
  const feedDtype =
    fedAsTheyAre.has(dtype) || dtype === 'string' ? dtype : whole.has(dtype) ? 'int32' : 'float32';
  const feed: Node = {
    name,
    op: 'Placeholder',
    attributes: { dtype: attribute.type(feedDtype), shape: attribute.shape(null) },
  };
  const fed = [feed, ownMemory(`${name}/copied`, feed.name, feedDtype)];
  const nodes =
    feedDtype === dtype ? fed : [...fed, cast(`${name}/cast`, `${name}/copied`, feedDtype, dtype)];
  return { name: nodes.at(-1)?.name ?? feed.name, nodes, lowered: { feed: feed.name, feedDtype, dtype } };
}

/** A copy in TensorFlow's own memory, so that a variable that keeps the images never holds JavaScript's. */
function ownMemory(name: string, input: string, dtype: string): Node {
  if (dtype === 'string') return identity(name, input, dtype);
  return { name, op: 'DeepCopy', inputs: [input], attributes: { T: attribute.type(dtype) } };
}

const notNumbers: ReadonlySet<string> = new Set(['string', 'resource', 'variant']);

function output(name: string, source: string, dtype: string): { nodes: Node[]; lowered: LoweredOutput } {
  if (notNumbers.has(dtype)) {
    const attributes = { T: attribute.type(dtype), out_type: attribute.type('int32') };
    return {
      nodes: [{ name, op: 'Shape', inputs: [source], attributes }],
      lowered: { dtype, fetch: name, gives: 'shape' },
    };
  }
  const node = dtype === 'float32' ? identity(name, source, dtype) : cast(name, source, dtype, 'float32');
  return { nodes: [node], lowered: { dtype, fetch: name, gives: 'values' } };
}
