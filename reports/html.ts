import type { Run } from '../harness/verdict/run.js';
import { pageScript } from './html/bundle.js';
import { escaped, inScript, sha256 } from './html/escape.js';
import { payloadOf } from './html/payload.js';
import { style } from './html/style/style.js';
import { pageHead, pageTitle, verdictTable } from './html/summary.js';

/**
 * `report.html`: one self-contained file, verdict first. The models are in it as JSON and are drawn when they
 * are opened, so a thousand of them stay fast; without scripts, a table of verdicts remains.
 * Its Content-Security-Policy allows this very script and style, and no network.
 */
export function html(run: Run): string {
  const script = pageScript();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(pageTitle(run))}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${pageHead(run)}
<main>
<div id="toolbar" class="toolbar"></div>
<div id="models"></div>
<noscript>
${verdictTable(run)}
</noscript>
</main>
<script type="application/json" id="run">${inScript(payloadOf(run))}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

function policy(script: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
