import type { Outcome } from '../../wording/outcome.js';

/** Models by checks, as rows of a table. */
export type GridRow = {
  readonly name: string;
  readonly folder: string;
  readonly verdict: string;
  /** One for each check; undefined where it is not known. */
  readonly cells: readonly (Outcome | undefined)[];
};

/** What a row's head and each of its cells are made of. */
export type RowParts = {
  /** Attributes, as HTML. */
  readonly head?: string;
  readonly cell?: (at: number) => { readonly names?: string; readonly attributes?: string };
  /** Where the head, or a cell that is worth a look, leads to; undefined where nowhere. */
  readonly link?: (at: number | 'head') => string | undefined;
};

export const marks: Readonly<Record<Outcome, { readonly sign: string; readonly says: string }>> = {
  fail: { sign: '✗', says: 'Failed' },
  stale: { sign: '✗', says: 'Stale waiver' },
  error: { sign: '?', says: 'Could not decide' },
  warning: { sign: '!', says: 'Warning' },
  waived: { sign: '~', says: 'Waived' },
  skip: { sign: '–', says: 'Does not apply' },
  pass: { sign: '·', says: 'Passed' },
};

const verdicts: Readonly<Record<string, readonly [outcome: Outcome, sign: string]>> = {
  conforms: ['pass', '✓'],
  'does-not-conform': ['fail', '✗'],
  unknown: ['error', '?'],
};

/** `head`: HTML of each column's head, in order. */
export function headHtml(corner: string, head: readonly string[]): string {
  return `<tr><th scope="col" class="name">${asText(corner)}</th>${head.join('')}</tr>`;
}

export function rowHtml(row: GridRow, { head = '', cell, link }: RowParts): string {
  const [tone, sign] = verdicts[row.verdict] ?? ['error', '?'];
  const cells = row.cells.map((outcome, at) => {
    const { names = '', attributes = '' } = cell?.(at) ?? {};
    const mark = outcome ? linked(marks[outcome].sign, link?.(at), marks[outcome].says) : '';
    return `<td class="${[outcome ?? 'none', names].join(' ').trim()}"${attributes}>${mark}</td>`;
  });
  const name = `${linked(asText(row.name), link?.('head'))} <small>${asText(row.folder)}</small>`;
  const title = asText(`${row.folder}/${row.name}`);
  return `<tr><th scope="row" class="${tone}" title="${title}"${head}><span class="sign ${tone}">${sign}</span>${name}</th>${cells.join('')}</tr>`;
}

function linked(html: string, to: string | undefined, label?: string): string {
  if (to === undefined) return html;
  return `<a href="${asText(to)}"${label === undefined ? '' : ` aria-label="${asText(label)}"`}>${html}</a>`;
}

export function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
