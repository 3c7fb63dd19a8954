import type { ConcreteFunction, GraphNode, LibraryFunction } from '../../savedmodel/saved-model.js';
import { functionNamed, libraryFunction, operation } from '../../savedmodel/testing/fake-graph.js';
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
  return libraryFunction('', inputs, results, nodes);
}

/** An operation; its attributes are names of functions. */
export function node(
  name: string,
  op: string,
  inputs: readonly string[],
  functions: Readonly<Record<string, string | readonly string[]>> = {},
): GraphNode {
  const named = (value: string | readonly string[]) =>
    typeof value === 'string' ? functionNamed(value) : value.map(functionNamed);
  const attributes = Object.entries(functions).map(([key, value]) => [key, named(value)] as const);
  return operation(name, op, inputs, Object.fromEntries(attributes));
}
