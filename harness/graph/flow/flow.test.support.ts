import type {
  Attribute,
  ConcreteFunction,
  GraphNode,
  LibraryFunction,
} from '../../savedmodel/saved-model.js';
import { Flow } from './flow.js';
import type { Origin } from './symbolic-tensor.js';
import { walkBack } from './walk.js';

/** Names of all origins that a walk through everything meets. */
export function walked(flow: Flow): readonly string[] {
  const met: string[] = [];
  walkBack(flow, flow.outputs, (origin) => {
    met.push(shown(origin));
    return origin.kind === 'result' ? flow.inputsOf(origin.operation) : [];
  });
  return met;
}

/** Names of where a concrete function's results come from. */
export function origins(flow: Flow): string[] {
  return flow.outputs.flatMap((output) => flow.originsOf(output)).map(shown);
}

function shown(origin: Origin): string {
  switch (origin.kind) {
    case 'result':
      return `${origin.operation.node.name}:${origin.output}:${origin.index}`;
    case 'argument':
      return `argument ${origin.at}`;
    case 'capture':
      return `capture ${origin.nodeId}`;
    case 'unknown':
      return origin.why;
  }
}

type Body = Omit<LibraryFunction, 'name'>;

/** The flow of the function `main`. */
export function flowOf(bodies: Readonly<Record<string, Body>>, captures: readonly number[] = []): Flow {
  const functions = new Map(Object.entries(bodies).map(([name, body]) => [name, { ...body, name }]));
  const concreteFunction: ConcreteFunction = {
    functionName: 'main',
    positional: [],
    keyword: {},
    captures,
    output: { kind: 'none' },
  };
  return new Flow({ functions }, concreteFunction);
}

/** A function of the library; its results are called r0, r1 … */
export function fn(inputs: readonly string[], results: readonly string[], nodes: readonly GraphNode[]): Body {
  const argument = (name: string) => ({ name, dtype: 'float32' });
  return {
    inputs: inputs.map(argument),
    outputs: results.map((_, at) => argument(`r${at}`)),
    nodes,
    returns: new Map(results.map((reference, at) => [`r${at}`, reference])),
    bytes: new Uint8Array(),
  };
}

/** An operation; its attributes are names of functions. */
export function node(
  name: string,
  op: string,
  inputs: readonly string[],
  functions: Readonly<Record<string, string | readonly string[]>> = {},
): GraphNode {
  const attributes = new Map(Object.entries(functions).map(([key, named]) => [key, attribute(named)]));
  return { name, op, inputs, device: '', attributes, bytes: new Uint8Array() };
}

function attribute(named: string | readonly string[]): Attribute {
  if (typeof named === 'string') return { kind: 'function', name: named };
  return { kind: 'list', items: named.map((name) => ({ kind: 'function', name })) };
}
