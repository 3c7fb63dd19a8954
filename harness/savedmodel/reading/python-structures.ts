import { damaged } from '../decode.js';
import type { FunctionSpec, SavedObject } from '../gen/object_graph_pb.js';
import type { NamedTupleValue, StructuredValue } from '../gen/struct_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import type { ConcreteFunction } from '../saved-model.js';

/**
 * Python decodes the signature of every function when it loads a model, whether anything calls it or not. Source:
 * tensorflow/python/saved_model/function_deserialization.py and nested_structure_coder.py. Throws NotASavedModel where it fails.
 */
export function requirePythonStructures({ nodes, concreteFunctions, signatures }: ObjectGraph): void {
  for (const [at, node] of nodes.entries()) requireKind(node, at);
  const polymorphic = new Set(nodes.flatMap(concreteFunctionsIn));
  for (const [name, { canonicalizedInputSignature: input, outputSignature: output }] of signatures) {
    requireWhole(input, `the signature of its function ${name}`);
    requireWhole(output, `the result of its function ${name}`);
    // Of what `prune` makes, and freezing a graph: Python calls it with the tensors of its graph.
    if (input?.kind.case === 'noneValue' && !polymorphic.has(name)) continue;
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
    const { args, varargs, others, defaults, keywordRequired } = argumentsOf(spec?.fullargspec, of);
    const first = spec?.isMethod || args[0]?.kind.value === 'self' ? 1 : 0;
    requireParameters([...args.slice(first), ...others], of);
    const most = varargs?.kind.case === 'stringValue' ? Number.POSITIVE_INFINITY : args.length - first;
    const longer = names.find((name) => (concreteFunctions.get(name)?.positional.length ?? 0) > most);
    if (longer !== undefined)
      throw damaged(`its function ${longer} was traced with more arguments than it has`);
    const required = args.slice(first, Math.max(first, args.length - defaults)).map(nameOf);
    for (const name of names) requireBound(concreteFunctions.get(name), required, keywordRequired, name);
  }
}

function concreteFunctionsIn({ kind }: SavedObject): readonly string[] {
  return kind.case === 'function' ? kind.value.concreteFunctions : [];
}

/** A function was traced with every argument that has no default, by its place or its name. */
function requireBound(
  traced: ConcreteFunction | undefined,
  required: readonly string[],
  keywordRequired: readonly string[],
  name: string,
): void {
  if (traced === undefined) return;
  const named = new Set(Object.keys(traced.keyword).map(sanitized));
  const needed = [...required.slice(traced.positional.length), ...keywordRequired];
  const missing = needed.find((one) => !named.has(sanitized(one)));
  if (missing !== undefined) throw damaged(`its function ${name} was traced without its argument ${missing}`);
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
  const keywords = valuesOf(pairs.get('kwonlyargs'));
  const kwonlydefaults = pairs.get('kwonlydefaults');
  const optional = kwonlydefaults?.kind.case === 'dictValue' ? kwonlydefaults.kind.value.fields : {};
  const rest = [varargs, pairs.get('varkw')].filter((one) => one?.kind.case !== 'noneValue');
  return {
    args: valuesOf(pairs.get('args')),
    varargs,
    others: [...keywords, ...rest],
    defaults: valuesOf(pairs.get('defaults')).length,
    keywordRequired: keywords.map(nameOf).filter((name) => !Object.hasOwn(optional, name)),
  };
}

/** Each parameter has a name of its own, once what is no letter or digit is an underscore. Source: function_type.py. */
function requireParameters(parameters: readonly (StructuredValue | undefined)[], of: string): void {
  const names = parameters.map(nameOf);
  if (names.includes('')) throw damaged(`${of} have one without a name`);
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(sanitized(name)).size);
  if (twice !== undefined) throw damaged(`${of} have the name ${twice} twice`);
}

function nameOf(value: StructuredValue | undefined): string {
  return value?.kind.case === 'stringValue' ? value.kind.value : '';
}

function sanitized(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '_');
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
