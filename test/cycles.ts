/** Groups of files that import each other, directly or by way of others: Tarjan's strongly connected components. */
export function cycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const place = order.size;
    order.set(file, place);
    lowest.set(file, place);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      const reached = order.has(next) ? (open.includes(next) ? order.get(next) : undefined) : visit(next);
      lowest.set(file, Math.min(lowest.get(file) ?? place, reached ?? place));
    }
    if (lowest.get(file) === place) close(open.splice(open.indexOf(file)));
    return lowest.get(file) ?? place;
  };
  const close = (group: string[]) => {
    if (group.length > 1 || imports.get(group[0] ?? '')?.includes(group[0] ?? '')) found.push(group);
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}
