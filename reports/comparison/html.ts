import type { Comparison } from '../../harness/verdict/comparison.js';
import { escaped, sha256 } from '../html/escape.js';
import { base } from '../html/style/base.js';
import { colors } from '../html/style/colors.js';
import { visible } from '../wording/visible.js';
import { style } from './style.js';
import {
  contextInWords,
  differencesFor,
  headlines,
  rowsCells,
  rowsHead,
  runInWords,
  sidesInWords,
  tones,
  witnessInWords,
} from './wording.js';

const sheet = [colors, base, style].join('\n');

/** `comparison.html`: one self-contained page without scripts, the answer first. `picture`: a PNG of the witness. */
export function comparisonHtml(comparison: Comparison, picture?: Uint8Array): string {
  const { answer } = comparison;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${sha256(sheet)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(headlines[answer])}</title>
<link rel="icon" href="data:,">
<style>${sheet}</style>
</head>
<body>
<header class="${tones[answer]}">
<h1><span class="mark" aria-hidden="true">${marks[tones[answer]]}</span> ${escaped(headlines[answer])}</h1>
<p>${text(`${contextInWords(comparison)}.`)}</p>
${list(comparison.because)}
</header>
<main>
${pairs(sidesInWords(comparison))}
${section('What differs', differences(comparison))}
${section('Outputs on the same images', rowsTable(comparison))}
${section('Where they differ most', witness(comparison, picture))}
${section('Training', comparison.function?.training ? `<p>${text(comparison.function.training.says)}</p>` : '')}
</main>
<footer><p>${text(runInWords(comparison))}</p></footer>
</body>
</html>
`;
}

const marks = { pass: '✓', warning: '!', fail: '✗', error: '?' };

function text(said: string): string {
  return escaped(visible(said));
}

function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${title}</h2>\n${content}</section>`;
}

function list(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`;
}

function pairs(rows: readonly (readonly [string, string])[]): string {
  return `<dl>${rows.map(([label, said]) => `<dt>${text(label)}</dt><dd>${text(said)}</dd>`).join('')}</dl>`;
}

function differences(comparison: Comparison): string {
  const classes = { breaking: 'fail', widening: 'pass', neutral: 'skip' };
  return differencesFor(comparison)
    .map((one) => {
      const effect = one.effect[comparison.for];
      const heading = `<h3><span class="effect">${effect}</span> ${text(one.what)}</h3>`;
      const values = pairs([
        ['OLD', one.old],
        ['NEW', one.new],
      ]);
      return `<article class="${classes[effect]}">${heading}${values}<p>${text(one.why)}</p></article>\n`;
    })
    .join('');
}

function rowsTable({ function: called }: Comparison): string {
  const cells = (called?.rows ?? []).map(rowsCells);
  const shown = rowsHead.map((_, at) => at).filter((at) => cells.some((row) => row[at] !== ''));
  if (cells.length === 0) return '';
  const rows = cells.map(
    (row) =>
      `<tr>${shown.map((at) => `<td${at === 0 ? '' : ' class="number"'}>${text(row[at] ?? '')}</td>`).join('')}</tr>`,
  );
  return table(
    shown.map((at) => rowsHead[at] ?? ''),
    rows,
  );
}

function table(head: readonly string[], rows: readonly string[]): string {
  const heads = head
    .map((one, at) => `<th scope="col"${at === 0 ? '' : ' class="number"'}>${text(one)}</th>`)
    .join('');
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`;
}

function witness({ function: called }: Comparison, picture: Uint8Array | undefined): string {
  if (called?.witness === undefined) return '';
  const image = picture
    ? `<img alt="The images of the batch" src="data:image/png;base64,${Buffer.from(picture).toString('base64')}">`
    : '';
  return `${pairs(witnessInWords(called.witness))}${image}\n`;
}
