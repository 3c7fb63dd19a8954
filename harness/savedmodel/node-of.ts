/** The operation that an input or a tensor is of, by its name: `node` of `node`, `node:1`, `node:output:0` or `^node`. */
export function nodeOf(tensor = ''): string {
  return tensor.replace(/^\^/, '').split(':')[0] ?? '';
}
