/** An input or output as the catalogue writes it: `x:T`, `values:N*T`, `args:[Tin]`, `ref:T&`, `axis:Tidx=int32`. */
export type Argument = {
  readonly name: string;
  /** A dtype, or the attribute that holds it. */
  readonly type: string;
  /** The dtype where that attribute is left out. */
  readonly byDefault?: string;
  /** It stands for any number of tensors. */
  readonly isList: boolean;
  /** The attribute that holds how many of one type there are. */
  readonly count?: string;
};

/** Arguments by their text in the catalogue: each is read for thousands of nodes. */
const known = new Map<string, readonly Argument[]>();

export function argumentsIn(text: string): readonly Argument[] {
  const all = known.get(text) ?? text.split(' ').filter(Boolean).map(argumentOf);
  known.set(text, all);
  return all;
}

/**
 * Where an input stands among those that a node has, for `at`: from the last when lists come before it. Undefined for
 * an input that the operation does not have.
 */
export function positionOf(takes: string, name: string): number | undefined {
  const inputs = argumentsIn(takes);
  const at = inputs.findIndex((input) => input.name === name);
  if (at < 0) return undefined;
  return inputs.slice(0, at).some(({ isList }) => isList) ? at - inputs.length : at;
}

/** The input that stands at a position of a node with so many inputs; undefined where two lists leave it open. */
export function inputAt(takes: string, position: number, count: number): Argument | undefined {
  const inputs = argumentsIn(takes);
  const list = inputs.findIndex(({ isList }) => isList);
  if (list < 0 || position < list) return inputs[position];
  const after = count - position;
  const single = inputs.length - 1 - list;
  if (inputs.slice(list + 1).some(({ isList }) => isList)) return undefined;
  return after <= single ? inputs[inputs.length - after] : inputs[list];
}

function argumentOf(text: string): Argument {
  const [name = '', kind = ''] = text.split(':');
  const [type = '', byDefault] = kind.replace(/^.*\*|[[\]&]/g, '').split('=');
  const count = /^(.*)\*/.exec(kind)?.[1];
  return { name, type, ...(byDefault && { byDefault }), ...(count && { count }), isList: /[*[]/.test(kind) };
}
