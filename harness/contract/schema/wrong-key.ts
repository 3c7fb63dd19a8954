import type { Fault } from '../problem/fault.js';
import { inTwo } from '../problem/fault.js';
import { dottedPath } from '../yaml/pointer.js';
import { type About, faultAt } from './about.js';
import { homeOf } from './key-home.js';
import { writtenAs } from './other-names.js';
import { exampleOf, specSchema } from './schema.js';
import { nearest } from './suggestion.js';

/** A key that the schema does not know: misspelt, or right in another place. */
export function unknownKey(about: About): Fault {
  const { error, pointer, schema } = about;
  const key = String(error.params.additionalProperty);
  const known = Object.keys(schema.properties ?? {}).filter((name) => name !== '$schema');
  const home = homeOf(key);
  const other = pointer.length === 0 ? writtenAs(key) : undefined;
  const meant = home === undefined && other === undefined ? nearest(key, known) : undefined;
  const fault = {
    pointer: [...pointer, key],
    at: 'key',
    message: `unknown key \`${key}\`${inside(about)}`,
  } as const;
  if (meant !== undefined)
    return { ...fault, hint: `did you mean \`${meant}\`?`, meant: [...pointer, meant] };
  if (home !== undefined) return { ...fault, hint: `\`${key}\` ${home}` };
  return { ...fault, hint: other ?? `known here: ${known.join(', ')}` };
}

/** A key that must be there. Its example comes from the schema of the property itself. */
export function missingKey(about: About): Fault {
  const { error, pointer, schema } = about;
  const key = String(error.params.missingProperty);
  if (schema.errorMessage !== undefined) {
    const { message, hint } = inTwo(schema.errorMessage);
    return faultAt([...pointer, key], 'mapping', message, hint);
  }
  const example = exampleOf(schema.properties?.[key] ?? specSchema.properties?.[key] ?? {});
  const hint = example === undefined ? undefined : `for example \`${key}: ${example}\``;
  return faultAt([...pointer, key], 'mapping', `\`${key}\` is missing${inside(about)}`, hint);
}

function inside({ pointer }: About): string {
  return pointer.length === 0 ? '' : ` in \`${dottedPath(pointer)}\``;
}
