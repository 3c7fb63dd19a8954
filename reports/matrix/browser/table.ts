import { asText, rowHtml } from '../../html/browser/grid.js';
import type { MatrixPayload } from '../html.js';

/** HTML of the head of each check's column. */
export function headsOf({ checks }: MatrixPayload, sort: string): string[] {
  const firstShould = checks.findIndex(({ level }) => level === 'should');
  return checks.map(({ id, level }, at) => {
    const names = [level, at === firstShould ? 'first' : '', id === sort ? 'chosen' : ''].filter(Boolean);
    return `<th scope="col" class="${names.join(' ')}" data-sort="${asText(id)}"><button type="button" title="${level.toUpperCase()}: order by ${asText(id)}">${asText(id)}</button></th>`;
  });
}

export function rowOf({ rows, checks, outcomes }: MatrixPayload, at: number, open: string): string {
  const row = rows[at];
  if (row === undefined) return '';
  const cells = checks.map((_, column) => outcomes[Number(row.cells[column])]);
  return rowHtml(
    { ...row, cells },
    {
      head: ` data-cell="${at}-x"`,
      cell: (column) => {
        const cell = `${at}-${column}`;
        return { names: cell === open ? 'open' : '', attributes: ` data-cell="${cell}"` };
      },
    },
  );
}
