import type { Comparison } from '../../harness/verdict/comparison.js';
import { list, pairs, plainPage, section, table, text } from '../html/plain-page.js';
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

/** `comparison.html`: one self-contained page without scripts, the answer first. `picture`: a PNG of the witness. */
export function comparisonHtml(comparison: Comparison, picture?: Uint8Array): string {
  const { answer, because, function: called } = comparison;
  return plainPage({
    tone: tones[answer],
    headline: headlines[answer],
    lead: `<p>${text(`${contextInWords(comparison)}.`)}</p>\n${list(because)}`,
    main: `${pairs(sidesInWords(comparison))}
${section('What differs', differences(comparison))}
${section('Outputs on the same images', rowsTable(comparison))}
${section('Where they differ most', witness(comparison, picture))}
${section('Random calls', (called?.drawn ?? []).map(({ kind, says }) => `<p>${text(kind)}: ${text(says)}</p>`).join(''))}
${section('Training', called?.training ? `<p>${text(called.training.says)}</p>` : '')}`,
    footer: runInWords(comparison),
  });
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

function witness({ function: called }: Comparison, picture: Uint8Array | undefined): string {
  if (called?.witness === undefined) return '';
  const image = picture
    ? `<img alt="The images of the batch" src="data:image/png;base64,${Buffer.from(picture).toString('base64')}">`
    : '';
  return `${pairs(witnessInWords(called.witness))}${image}\n`;
}
