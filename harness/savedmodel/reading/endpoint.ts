import { damaged } from '../decode.js';
import type { FunctionSpec, SavedBareConcreteFunction, SavedFunction } from '../gen/object_graph_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import { nodeAt } from '../object-graph.js';
import type { PythonEntries } from '../python-value.js';
import { entriesOf, itemsOf, pythonValueOf } from '../python-value.js';
import type { ConcreteFunction, Endpoint, Parameter, PythonValue } from '../saved-model.js';

/**
 * The function at a node; undefined when the node is no function. Throws NotASavedModel when its concrete functions are
 * missing.
 */
export function endpointAt(graph: ObjectGraph, nodeId: number, name: string): Endpoint | undefined {
  const { kind } = nodeAt(graph, nodeId);
  if (kind.case === 'function') return polymorphic(graph, nodeId, name, kind.value);
  if (kind.case === 'bareConcreteFunction') return bare(graph, nodeId, name, kind.value);
  return undefined;
}

function polymorphic(graph: ObjectGraph, nodeId: number, name: string, stored: SavedFunction): Endpoint {
  const spec = entriesOf(pythonValueOf(stored.functionSpec?.fullargspec));
  const signature = itemsOf(pythonValueOf(stored.functionSpec?.inputSignature));
  return {
    name,
    nodeId,
    kind: 'polymorphic',
    parameters: parametersOf(spec, stored.functionSpec),
    variadic: isNamed(spec.varargs) || isNamed(spec.varkw),
    anyPositional: isNamed(spec.varargs),
    anyKeyword: isNamed(spec.varkw),
    ...(signature.length > 0 ? { inputSignature: signature } : {}),
    concreteFunctions: stored.concreteFunctions.map((functionName) =>
      concreteFunctionNamed(graph, functionName),
    ),
  };
}

/** Called with the names of its tensors; those beyond the allowed positions only by name. */
function bare(graph: ObjectGraph, nodeId: number, name: string, stored: SavedBareConcreteFunction): Endpoint {
  const positions = Number(stored.allowedPositionalArguments);
  const spec = entriesOf(pythonValueOf(stored.functionSpec?.fullargspec));
  const pythonNames = parametersOf(spec, stored.functionSpec).map((parameter) => parameter.name);
  return {
    name,
    nodeId,
    kind: 'bare',
    parameters: stored.argumentKeywords.map((keyword, at) => ({
      name: keyword,
      keywordOnly: at >= positions,
    })),
    variadic: false,
    anyPositional: false,
    anyKeyword: false,
    ...(stored.functionSpec === undefined ? {} : { pythonNames }),
    concreteFunctions: [concreteFunctionNamed(graph, stored.concreteFunctionName)],
  };
}

function concreteFunctionNamed(graph: ObjectGraph, functionName: string): ConcreteFunction {
  const concreteFunction = graph.concreteFunctions.get(functionName);
  if (concreteFunction === undefined)
    throw damaged(`its object graph names the function ${functionName}, which does not exist`);
  return concreteFunction;
}

/** Python's FullArgSpec without `self`: defaults belong to the last of the positional arguments. */
function parametersOf(spec: PythonEntries, stored: FunctionSpec | undefined): readonly Parameter[] {
  const names = itemsOf(spec.args).map(nameOf);
  const first = stored?.isMethod === true || names[0] === 'self' ? 1 : 0;
  const defaults = itemsOf(spec.defaults);
  const positional = names.map((name, at) =>
    parameter(name, false, defaults[at - names.length + defaults.length]),
  );
  const keywordDefaults = entriesOf(spec.kwonlydefaults);
  const keyword = itemsOf(spec.kwonlyargs).map(nameOf);
  return [...positional.slice(first), ...keyword.map((name) => parameter(name, true, keywordDefaults[name]))];
}

function parameter(name: string, keywordOnly: boolean, value: PythonValue | undefined): Parameter {
  return value === undefined ? { name, keywordOnly } : { name, keywordOnly, default: value };
}

function nameOf(value: PythonValue): string {
  return value.kind === 'string' ? value.value : '';
}

function isNamed(value: PythonValue | undefined): boolean {
  return value?.kind === 'string';
}
