/** What an input of an operation names, as NodeDef writes it inside a function. */
export type Reference =
  /** An argument of the function. */
  | { readonly kind: 'argument'; readonly name: string }
  /** `node:output:index`: one tensor of a named output of an operation. */
  | { readonly kind: 'result'; readonly node: string; readonly output: string; readonly index: number };

/** Reads an input; undefined for a control input (`^node`), which carries no value. */
export function referenceOf(input: string): Reference | undefined {
  if (input.startsWith('^')) return undefined;
  const [node = '', output, index] = input.split(':');
  if (output === undefined) return { kind: 'argument', name: node };
  return { kind: 'result', node, output, index: Number(index ?? 0) };
}
