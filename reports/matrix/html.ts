import { plural } from '../../harness/verdict/plural.js';
import { escaped, inScript } from '../html/escape.js';
import { framed } from '../html/frame.js';
import { pageScript } from '../html/page-script.js';
import { base } from '../html/style/base.js';
import { colors } from '../html/style/colors.js';
import { grid } from '../html/style/grid.js';
import { type Outcome, outcomes } from '../wording/outcome.js';
import { visible, visibleLines } from '../wording/visible.js';
import type { Matrix } from './matrix.js';
import { style } from './style.js';

const sheet = [colors, base, grid, style].join('\n');

/** The data of the page: outcomes as one letter each, a dot where there is none; texts only of what did not pass. */
export type MatrixPayload = {
  readonly outcomes: readonly Outcome[];
  readonly checks: Matrix['checks'];
  readonly rows: readonly {
    readonly name: string;
    readonly folder: string;
    readonly run: string;
    readonly verdict: string;
    readonly cells: string;
    readonly says: Readonly<Record<number, string>>;
    readonly problem?: string;
  }[];
};

/** `matrix.html`: one self-contained page. Filters, order and the open cell are kept in its address. */
export function matrixHtml(matrix: Matrix): string {
  const { checks, rows } = matrix;
  const conforming = rows.filter(({ verdict }) => verdict === 'conforms').length;
  const title = `${plural(rows.length, 'model')}, ${plural(checks.length, 'check')}`;
  const body = `<header>
<h1>${title}</h1>
<p>${escaped(`${conforming} of ${rows.length} conform.`)} <span id="shown"></span></p>
<form id="filters">
<input id="query" type="search" placeholder="Model or folder" aria-label="Filter by model or folder">
<select id="verdict" aria-label="Filter by verdict"><option value="">every verdict</option></select>
<select id="check" aria-label="Filter by a check that is broken"><option value="">broken: any or none</option></select>
<select id="sort" aria-label="Order"></select>
</form>
</header>
<main>
<div class="scroll"><table id="matrix" class="grid"><thead></thead><tbody></tbody></table></div>
<noscript>This page needs scripts; matrix.csv has the same.</noscript>
</main>
<aside id="detail" hidden aria-live="polite"></aside>
<script type="application/json" id="data">${inScript(payloadOf(matrix))}</script>`;
  return framed({ title, style: sheet, script: pageScript('matrix'), body });
}

function payloadOf({ checks, rows }: Matrix): MatrixPayload {
  return {
    outcomes,
    checks: checks.map(({ id, level, demands }) => ({ id: visible(id), level, demands: visible(demands) })),
    rows: rows.map((row) => ({
      name: visible(row.name),
      folder: visible(row.folder),
      run: visible(row.run),
      verdict: row.verdict,
      cells: row.outcomes.map((one) => (one === undefined ? '.' : outcomes.indexOf(one))).join(''),
      says: Object.fromEntries(
        row.says.flatMap((text, at) =>
          row.outcomes[at] === 'pass' || text === '' ? [] : [[at, visibleLines(text)]],
        ),
      ),
      ...(row.problem === undefined ? {} : { problem: visibleLines(row.problem) }),
    })),
  };
}
