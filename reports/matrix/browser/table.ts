import type { Outcome } from '../../wording/outcome.js';
import type { MatrixPayload } from '../html.js';

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

export function headOf({ checks }: MatrixPayload, sort: string): string {
  const firstShould = checks.findIndex(({ level }) => level === 'should');
  const heads = checks.map(({ id, level }, at) => {
    const names = [level, at === firstShould ? 'first' : '', id === sort ? 'chosen' : ''].filter(Boolean);
    return `<th scope="col" class="${names.join(' ')}" data-sort="${asText(id)}"><button type="button" title="${level.toUpperCase()}: order by ${asText(id)}">${asText(id)}</button></th>`;
  });
  return `<tr><th scope="col" class="name">MUST, then SHOULD</th>${heads.join('')}</tr>`;
}

export function rowHtml({ rows, checks, outcomes }: MatrixPayload, at: number, open: string): string {
  const row = rows[at];
  if (row === undefined) return '';
  const [tone, sign] = verdicts[row.verdict] ?? ['error', '?'];
  const cells = checks.map((_, column) => {
    const outcome = outcomes[Number(row.cells[column])];
    const cell = `${at}-${column}`;
    const name = `${outcome ?? 'none'}${cell === open ? ' open' : ''}`;
    return `<td class="${name}" data-cell="${cell}">${outcome ? marks[outcome].sign : ''}</td>`;
  });
  const head = `<span class="verdict ${tone}">${sign}</span>${asText(row.name)} <small>${asText(row.folder)}</small>`;
  return `<tr><th scope="row" class="${tone}" title="${asText(`${row.folder}/${row.name}`)}" data-cell="${at}-x">${head}</th>${cells.join('')}</tr>`;
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
