import { asYaml, eitherOf } from './describe.js';
import { resolved, type Schema, specSchema } from './schema.js';

/** Every key of a spec as a Markdown table, drawn from the schema. */
export function keyTable(): string {
  const rows = rowsOf(specSchema, '').map((cells) => `| ${cells.map(inCell).join(' | ')} |`);
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

type Row = readonly [key: string, value: string, usual: string, says: string];

function rowsOf(schema: Schema, path: string): Row[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    rowsOfKey(name, resolved(property), path, schema.required?.includes(name) ?? false),
  );
  return [...own, ...(schema.oneOf ?? []).flatMap((form) => rowsOf(form, path))];
}

function rowsOfKey(name: string, schema: Schema, path: string, isRequired: boolean): Row[] {
  const key = `${path}${name}`;
  const usual = schema.default === undefined ? '' : `\`${asYaml(schema.default)}\``;
  return [
    [`\`${key}\``, valuesOf(schema), isRequired ? 'required' : usual, schema.description ?? ''],
    ...rowsOf(schema, `${key}.`),
    ...(schema.items === undefined ? [] : rowsOf(schema.items, `${key}[].`)),
    ...(typeof schema.additionalProperties === 'object'
      ? rowsOf(schema.additionalProperties, `${key}.NAME.`)
      : []),
  ];
}

function valuesOf(schema: Schema): string {
  if (schema.enum !== undefined) return eitherOf(schema.enum.map((one) => `\`${one}\``));
  if (schema.oneOf !== undefined) return eitherOf(schema.oneOf.map((form) => form.title ?? ''));
  if (schema.format === 'date') return 'a day, `YYYY-MM-DD`';
  return eitherOf([schema.type ?? []].flat().map((type) => words[type] ?? type));
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
};

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
