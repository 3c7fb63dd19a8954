/** The first items of a list, and a last one that says how many are left out. */
export function cut<T>(items: readonly T[], limit: number): readonly (T | string)[] {
  if (items.length <= limit + 1) return items;
  return [...items.slice(0, limit), `… and ${items.length - limit} more; --json lists all`];
}
