import { reachableOperations, withInitialisers } from '../../harness/graph/reachable.js';
import { pythonText } from '../../harness/savedmodel/python-text.js';
import type {
  ConcreteFunction,
  Endpoint,
  PythonValue,
  SavedModel,
} from '../../harness/savedmodel/saved-model.js';
import { cut } from './cut.js';

/** A method or signature as it is called, a line for each of its concrete functions, and what they run. */
export function endpointLines(model: SavedModel, endpoint: Endpoint): readonly string[] {
  const concreteFunctions = cut(
    endpoint.concreteFunctions.map((concreteFunction) => concreteFunctionText(endpoint, concreteFunction)),
    6,
  );
  const runs = operationsText(model, endpoint.concreteFunctions);
  return [callText(endpoint), ...[...concreteFunctions, ...runs].map((line) => `  ${line}`)];
}

/** `__call__(images, training=False)`. */
function callText({ name, parameters, anyPositional, anyKeyword }: Endpoint): string {
  const texts = parameters.map((parameter) =>
    parameter.default === undefined ? parameter.name : `${parameter.name}=${pythonText(parameter.default)}`,
  );
  const firstKeyword = parameters.findIndex(({ keywordOnly }) => keywordOnly);
  if (anyPositional) texts.splice(firstKeyword < 0 ? texts.length : firstKeyword, 0, '*args');
  else if (firstKeyword >= 0) texts.splice(firstKeyword, 0, '*');
  return `${name}(${[...texts, ...(anyKeyword ? ['**kwargs'] : [])].join(', ')})`;
}

/** `images: float32 [?, ?, ?, 3], training=True → float32 [?, 1280]`. */
function concreteFunctionText(
  { kind, parameters, pythonNames }: Endpoint,
  { positional, keyword, output }: ConcreteFunction,
): string {
  const names = kind === 'bare' ? pythonNames : parameters.map(({ name }) => name);
  const inOrder = positional.map((value, at) => argumentText(names?.[at], value));
  const byName = Object.entries(keyword).map(([name, value]) => argumentText(name, value));
  return `${[...inOrder, ...byName].join(', ') || 'no arguments'} → ${pythonText(output)}`;
}

function argumentText(name: string | undefined, value: PythonValue): string {
  if (name === undefined) return pythonText(value);
  return `${name}${value.kind === 'tensor' ? ': ' : '='}${pythonText(value)}`;
}

function operationsText(
  model: SavedModel,
  concreteFunctions: readonly ConcreteFunction[],
): readonly string[] {
  const reached = [...reachableOperations(model, withInitialisers(model, concreteFunctions)).keys()].sort();
  const operations = reached.filter((op) => !plumbing.has(op));
  return operations.length === 0 ? [] : [`operations: ${cut(operations, 12).join(', ')}`];
}

/** Operations that every function has and that say nothing about it. */
const plumbing = new Set([
  'Const',
  'Identity',
  'IdentityN',
  'NoOp',
  'PartitionedCall',
  'ReadVariableOp',
  'StatefulPartitionedCall',
]);
