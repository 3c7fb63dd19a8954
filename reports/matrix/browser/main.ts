import { keepInAddress, queryOf } from '../../html/browser/address.js';
import { byId } from '../../html/browser/elements/dom.js';
import { headHtml, marks } from '../../html/browser/grid.js';
import type { MatrixPayload } from '../html.js';
import { type Choice, chosenFrom, rowsShown } from './choice.js';
import { headsOf, rowOf } from './table.js';

/** Draws the matrix in the page, and keeps what is chosen in its address. */
export function start(): void {
  const data: MatrixPayload = JSON.parse(byId('data').textContent ?? '');
  offer(data);
  const draw = () => show(data, chosenFrom(location.hash));
  for (const id of ['query', 'verdict', 'check', 'sort'])
    byId(id).addEventListener('input', () => choose({ [id]: chosenIn(id), cell: '' }));
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  byId('matrix').addEventListener('click', (event) => clicked(event.target));
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && choose({ cell: '' }));
  addEventListener('hashchange', draw);
  draw();
}

function choose(changed: Partial<Choice>): void {
  keepInAddress(queryOf({ ...chosenFrom(location.hash), ...changed }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function clicked(target: EventTarget | null): void {
  if (!(target instanceof Element)) return;
  const sort = target.closest<HTMLElement>('[data-sort]')?.dataset.sort;
  const cell = target.closest<HTMLElement>('[data-cell]')?.dataset.cell;
  if (sort !== undefined) choose({ sort });
  else if (cell !== undefined) choose({ cell });
}

function chosenIn(id: string): string {
  return (byId(id) as HTMLInputElement).value;
}

/** Fills the lists to choose from. */
function offer({ checks }: MatrixPayload): void {
  const options: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    verdict: [
      ['does-not-conform', 'does not conform'],
      ['unknown', 'could not decide'],
      ['conforms', 'conforms'],
    ],
    check: checks.map(({ id }) => [id, `broken: ${id}`]),
    sort: [
      ['', 'as in the runs'],
      ['verdict', 'by verdict'],
      ['name', 'by name'],
      ['folder', 'by folder'],
      ...checks.map(({ id }) => [id, `by ${id}`] as const),
    ],
  };
  for (const [id, all] of Object.entries(options))
    byId(id).append(...all.map(([value, text]) => new Option(text, value)));
}

function show(data: MatrixPayload, choice: Choice): void {
  for (const id of ['query', 'verdict', 'check', 'sort'] as const)
    (byId(id) as HTMLInputElement).value = choice[id];
  const rows = rowsShown(data, choice);
  const table = byId('matrix') as HTMLTableElement;
  if (table.tHead) table.tHead.innerHTML = headHtml('MUST, then SHOULD', headsOf(data, choice.sort));
  const [body] = table.tBodies;
  if (body) body.innerHTML = rows.map((at) => rowOf(data, at, choice.cell)).join('');
  byId('shown').textContent = rows.length === data.rows.length ? '' : `${rows.length} shown.`;
  showDetail(data, choice.cell);
}

function showDetail({ rows, checks, outcomes }: MatrixPayload, cell: string): void {
  const detail = byId('detail');
  const [at = -1, column = -1] = cell.split('-').map(Number);
  const [row, check] = [rows[at], checks[column]];
  detail.hidden = cell === '' || row === undefined;
  if (row === undefined) return;
  const outcome = outcomes[Number(row.cells[column])];
  detail.className = outcome ?? 'skip';
  const close = document.createElement('button');
  close.textContent = 'Close';
  close.addEventListener('click', () => choose({ cell: '' }));
  const texts = check
    ? [
        check.id,
        row.name,
        row.says[column] ?? (outcome ? `${marks[outcome].says}.` : 'Not checked in this run.'),
        check.demands,
      ]
    : [row.name, row.problem ?? row.run];
  const [title = '', ...rest] = texts;
  const heading = document.createElement('h2');
  heading.textContent = title;
  const paragraphs = rest.map((text) => Object.assign(document.createElement('p'), { textContent: text }));
  detail.replaceChildren(close, heading, ...paragraphs);
}
