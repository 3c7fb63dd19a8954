import type { Run } from '../harness/verdict/run.js';
import { inScript } from './html/escape.js';
import { framed } from './html/frame.js';
import { pageScript } from './html/page-script.js';
import { payloadOf } from './html/payload.js';
import { style } from './html/style/style.js';
import { pageHead, pageTitle, verdictTable } from './html/summary.js';

/**
 * `report.html`: one self-contained file, verdict first. The models are in it as JSON and are drawn when they
 * are opened, so a thousand of them stay fast; without scripts, a table of verdicts remains.
 */
export function html(run: Run): string {
  const body = `${pageHead(run)}
<main>
<div id="toolbar" class="toolbar"></div>
<div id="overview"></div>
<div id="models"></div>
<noscript>
${verdictTable(run)}
</noscript>
</main>
<script type="application/json" id="run">${inScript(payloadOf(run))}</script>`;
  return framed({ title: pageTitle(run), style, script: pageScript('html'), body });
}
