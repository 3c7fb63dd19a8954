/** Each value once, in the order in which it comes first; values of the same JSON are the same. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
