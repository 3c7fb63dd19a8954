/** The path from the root of a spec to one of its values: keys, and numbers in lists. */
export type Pointer = readonly (string | number)[];

/** Its form in messages: `examples[0].class`. The root is the empty text. */
export function dottedPath(pointer: Pointer): string {
  return pointer.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

/** True when `inner` is `outer` or lies beneath it. */
export function isWithin(inner: Pointer, outer: Pointer): boolean {
  return outer.every((step, depth) => String(step) === String(inner[depth]));
}
