import { pythonText } from '../../harness/savedmodel/python-text.js';
import { reachableOperations, withInitialisers } from '../../harness/savedmodel/reachable.js';
import type { Endpoint, PythonValue, SavedModel, Trace } from '../../harness/savedmodel/saved-model.js';
import { cut } from './cut.js';

/** A method or signature as it is called, a line for each of its traces, and what they run. */
export function endpointLines(model: SavedModel, endpoint: Endpoint): readonly string[] {
  const traces = cut(
    endpoint.traces.map((trace) => traceText(endpoint, trace)),
    6,
  );
  const runs = operationsText(model, endpoint.traces);
  return [callText(endpoint), ...[...traces, ...runs].map((line) => `  ${line}`)];
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
function traceText(
  { kind, parameters, pythonNames }: Endpoint,
  { positional, keyword, output }: Trace,
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

function operationsText(model: SavedModel, traces: readonly Trace[]): readonly string[] {
  const reached = [...reachableOperations(model, withInitialisers(model, traces)).keys()].sort();
  const operations = reached.filter((op) => !plumbing.has(op));
  return operations.length === 0 ? [] : [`operations: ${cut(operations, 12).join(', ')}`];
}

/** Operations that every function has and that tell nothing. */
const plumbing = new Set([
  'Const',
  'Identity',
  'IdentityN',
  'NoOp',
  'PartitionedCall',
  'ReadVariableOp',
  'StatefulPartitionedCall',
]);
