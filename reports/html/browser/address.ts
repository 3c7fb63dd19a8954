/// <reference lib="dom" />

/** Values that an address keeps by their names; empty where it has none. */
export function valuesIn<Name extends string>(
  query: string,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const given = new URLSearchParams(query);
  const entries = names.map((name) => [name, given.get(name) ?? ''] as const);
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** The values as an address keeps them, without those that are empty. */
export function queryOf(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();
}

/** Replaces what follows # in the address of the page, without a step in the history. */
export function keepInAddress(hash: string): void {
  history.replaceState(null, '', `#${hash}`);
}
