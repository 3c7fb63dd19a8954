import { tableRow } from './escape.js';

/** A table in Markdown; a heading that begins with `#` stands over numbers. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isNumber = (heading: string) => heading.startsWith('#');
  return [
    tableRow(head.map((heading) => heading.replace(/^#/, ''))),
    `| ${head.map((heading) => (isNumber(heading) ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((row) => tableRow(row.map(String))),
  ].join('\n');
}
