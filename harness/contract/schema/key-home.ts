import { resolved, type Schema, specSchema } from './schema.js';

/** The right place of a misplaced key, as the end of a sentence; undefined when there is not exactly one. */
export function homeOf(key: string): string | undefined {
  homes ??= collect(specSchema, '', new Map());
  const [home, another] = homes.get(key) ?? [];
  if (home === undefined || another !== undefined) return undefined;
  return home === '' ? 'belongs at the top' : `belongs in \`${home}\``;
}

let homes: ReadonlyMap<string, readonly string[]> | undefined;

function collect(schema: Schema, path: string, found: Map<string, string[]>): Map<string, string[]> {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    found.set(key, [...(found.get(key) ?? []), path]);
    collect(resolved(property), path === '' ? key : `${path}.${key}`, found);
  }
  for (const form of schema.oneOf ?? []) collect(form, path, found);
  if (schema.items !== undefined) collect(schema.items, path, found);
  if (typeof schema.additionalProperties === 'object') collect(schema.additionalProperties, path, found);
  return found;
}
