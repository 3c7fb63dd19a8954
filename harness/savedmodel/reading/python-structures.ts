import { damaged } from '../decode.js';
import type { FunctionSpec, SavedObject } from '../gen/object_graph_pb.js';
import type { NamedTupleValue, StructuredValue } from '../gen/struct_pb.js';
import type { ObjectGraph } from '../object-graph.js';

/**
 * Python decodes the signature of every function when it loads a model, whether anything calls it or not. Source:
 * tensorflow/python/saved_model/function_deserialization.py and nested_structure_coder.py. Throws NotASavedModel where it fails.
 */
export function requirePythonStructures({ nodes, concreteFunctions, signatures }: ObjectGraph): void {
  for (const [at, node] of nodes.entries()) requireKind(node, at);
  for (const [name, { canonicalizedInputSignature: input, outputSignature: output }] of signatures) {
    requireWhole(input, `the signature of its function ${name}`);
    requireWhole(output, `the result of its function ${name}`);
    const [positional, keyword, ...others] = valuesOf(input);
    if (!isList(positional) || keyword?.kind.case !== 'dictValue' || others.length > 0)
      throw damaged(`the signature of its function ${name} is no pair of positional and keyword arguments`);
  }
  for (const { kind } of nodes) {
    if (kind.case === 'function') requireSpec(kind.value.functionSpec, kind.value.concreteFunctions);
    if (kind.case === 'bareConcreteFunction' && kind.value.functionSpec)
      requireSpec(kind.value.functionSpec, [kind.value.concreteFunctionName]);
  }

  function requireSpec(spec: FunctionSpec | undefined, names: readonly string[]): void {
    const of = `the arguments of its function ${names[0] ?? ''}`;
    requireWhole(spec?.inputSignature, of);
    const { args, varargs, others } = argumentsOf(spec?.fullargspec, of);
    const first = spec?.isMethod || args[0]?.kind.value === 'self' ? 1 : 0;
    requireParameters([...args.slice(first), ...others], of);
    const most = varargs?.kind.case === 'stringValue' ? Number.POSITIVE_INFINITY : args.length - first;
    const longer = names.find((name) => (concreteFunctions.get(name)?.positional.length ?? 0) > most);
    if (longer !== undefined)
      throw damaged(`its function ${longer} was traced with more arguments than it has`);
  }
}

function requireKind({ kind, registeredName }: SavedObject, at: number): void {
  if (kind.case === undefined && registeredName === '')
    throw damaged(`object ${at} of its object graph is of no kind`);
}

/** Fields of Python's FullArgSpec. */
const fields = ['args', 'varargs', 'varkw', 'defaults', 'kwonlyargs', 'kwonlydefaults', 'annotations'];

function argumentsOf(spec: StructuredValue | undefined, of: string) {
  requireWhole(spec, of);
  const stored = spec?.kind.case === 'namedTupleValue' ? spec.kind.value.values : [];
  const pairs = new Map(stored.map(({ key, value }) => [key, value]));
  const missing = fields.find((field) => !pairs.has(field));
  if (missing !== undefined) throw damaged(`${of} have no ${missing}`);
  const varargs = pairs.get('varargs');
  const rest = [varargs, pairs.get('varkw')].filter((one) => one?.kind.case !== 'noneValue');
  return {
    args: valuesOf(pairs.get('args')),
    varargs,
    others: [...valuesOf(pairs.get('kwonlyargs')), ...rest],
  };
}

/** Each parameter has a name of its own, once what is no letter or digit is an underscore. Source: function_type.py. */
function requireParameters(parameters: readonly (StructuredValue | undefined)[], of: string): void {
  const names = parameters.map((one) => (one?.kind.case === 'stringValue' ? one.kind.value : ''));
  if (names.includes('')) throw damaged(`${of} have one without a name`);
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name.replaceAll(/[^\p{L}\p{N}]/gu, '_')).size);
  if (twice !== undefined) throw damaged(`${of} have the name ${twice} twice`);
}

/** Every value in it has a kind, and every named tuple names that Python takes. */
function requireWhole(value: StructuredValue | undefined, what: string): void {
  if (value?.kind.case === undefined) throw damaged(`a value is missing in ${what}`);
  if (value.kind.case === 'namedTupleValue') requireNames(value.kind.value, what);
  for (const inner of valuesOf(value)) requireWhole(inner, what);
}

function requireNames({ name, values }: NamedTupleValue, what: string): void {
  const keys = values.map(({ key }) => key);
  const odd = [name, ...keys].find((one) => !/^[A-Za-z]\w*$/.test(one));
  if (odd !== undefined) throw damaged(`${what}: Python takes no field or type of the name "${odd}"`);
  if (new Set(keys).size < keys.length) throw damaged(`${what}: two fields of a named tuple have one name`);
}

function isList(value: StructuredValue | undefined): boolean {
  return value?.kind.case === 'tupleValue' || value?.kind.case === 'listValue';
}

function valuesOf(value: StructuredValue | undefined): readonly (StructuredValue | undefined)[] {
  switch (value?.kind.case) {
    case 'listValue':
    case 'tupleValue':
      return value.kind.value.values;
    case 'dictValue':
      return Object.values(value.kind.value.fields);
    case 'namedTupleValue':
      return value.kind.value.values.map((pair) => pair.value);
    default:
      return [];
  }
}
