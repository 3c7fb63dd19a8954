/** How much of a check was left to others, by their ids. */
export type LeftTo = Readonly<Record<string, number>>;

/** One id for each case or call that was left to that check. */
export function countedById(ids: readonly string[]): LeftTo {
  return Object.fromEntries(ids.map((id) => [id, ids.filter((one) => one === id).length]));
}

/** "3 left to" and the id, for each check. */
export function leftInWords(left: LeftTo): string[] {
  return Object.entries(left).map(([id, count]) => `${count} left to ${id}`);
}

/** Evidence of it; nothing where nothing was left. */
export function evidenceOfLeft(left: LeftTo): { readonly leftTo?: LeftTo } {
  return Object.keys(left).length === 0 ? {} : { leftTo: left };
}
