import { valuesIn } from '../../html/browser/address.js';
import { isFault } from '../../wording/outcome.js';
import type { MatrixPayload } from '../html.js';

/** What is chosen on the page; each empty where nothing is. */
export type Choice = {
  readonly query: string;
  readonly verdict: string;
  /** A check that every model shown breaks. */
  readonly check: string;
  /** `verdict`, `name`, `folder` or a check. */
  readonly sort: string;
  /** `row-column` of the one that is open. */
  readonly cell: string;
};

export function chosenFrom(hash: string): Choice {
  return valuesIn(hash.replace(/^#/, ''), ['query', 'verdict', 'check', 'sort', 'cell']);
}

/** The numbers of the rows that pass the filters, in order. */
export function rowsShown({ rows, checks, outcomes }: MatrixPayload, choice: Choice): number[] {
  const query = choice.query.toLowerCase();
  const column = checks.findIndex(({ id }) => id === choice.check);
  const outcomeAt = (at: number, check: number) => outcomes[Number(rows[at]?.cells[check])] ?? 'skip';
  const shown = [...rows.keys()].filter((at) => {
    const row = rows[at];
    if (row === undefined || (choice.verdict !== '' && row.verdict !== choice.verdict)) return false;
    if (column >= 0 && !isFault(outcomeAt(at, column))) return false;
    return `${row.folder}/${row.name}`.toLowerCase().includes(query);
  });
  const sorted = checks.findIndex(({ id }) => id === choice.sort);
  const ranks = ['does-not-conform', 'unknown', 'conforms'];
  const key = (at: number): number | string => {
    const row = rows[at];
    if (sorted >= 0) return [...outcomes, ''].indexOf(outcomeAt(at, sorted));
    if (choice.sort === 'verdict') return ranks.indexOf(row?.verdict ?? '');
    if (choice.sort === 'name') return row?.name ?? '';
    return choice.sort === 'folder' ? (row?.folder ?? '') : at;
  };
  return shown.sort((a, b) => {
    const [one, other] = [key(a), key(b)];
    return one < other ? -1 : one > other ? 1 : a - b;
  });
}
