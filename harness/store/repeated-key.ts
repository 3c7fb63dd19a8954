/** Whether an object of a JSON text has a key twice: programs differ in which of the values counts. */
export function repeatsKey(text: string, value: unknown): boolean {
  return keysIn(text) > keysOf(value);
}

/** A quote that a string begins or ends with. It takes no stack for strings of any length. */
const quote = /(?<!\\)(?:\\\\)*"(\s*:)?/g;

/** In JSON, a string before a colon is a key. */
function keysIn(text: string): number {
  let keys = 0;
  let ends = false;
  for (const [, colon] of text.matchAll(quote)) {
    keys += ends && colon !== undefined ? 1 : 0;
    ends = !ends;
  }
  return keys;
}

function keysOf(value: unknown): number {
  let keys = 0;
  let level = [value];
  while (level.length > 0) {
    const objects = level.filter((one) => typeof one === 'object' && one !== null);
    for (const one of objects) keys += Array.isArray(one) ? 0 : Object.keys(one).length;
    level = objects.flatMap((one) => Object.values(one));
  }
  return keys;
}
