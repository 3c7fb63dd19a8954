import type { Comparison } from '../../harness/verdict/comparison.js';
import { inline, tableRow } from '../markdown/escape.js';
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

const signs = { pass: '✅', warning: '⚠️', fail: '❌', error: '❔' };

/** Differences that are shown; a comment on GitHub may not exceed 65,536 characters. */
const most = 60;

/** A comparison in Markdown, for a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { answer, because, function: called } = comparison;
  const differences = differencesFor(comparison);
  const blocks = [
    `## ${signs[tones[answer]]} ${headlines[answer]}`,
    inline(`${contextInWords(comparison)}.`),
    bullets(because),
    bullets(sidesInWords(comparison).map(([label, text]) => `${label} ${text}`)),
    table(
      ['What', 'OLD', 'NEW', 'Effect', 'Why'],
      differences.map((one) => [one.what, one.old, one.new, one.effect[comparison.for], one.why]),
    ),
    table(rowsHead, (called?.rows ?? []).map(rowsCells)),
    called?.witness ? bullets(witnessInWords(called.witness).map(([label, text]) => `${label} ${text}`)) : '',
    ...(called?.drawn ?? []).map(({ kind, says }) => inline(`${kind}: ${says}`)),
    called?.training ? inline(`Training: ${called.training.says}`) : '',
    inline(runInWords(comparison)),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function bullets(lines: readonly string[]): string {
  return lines
    .slice(0, most)
    .map((line) => `- ${inline(line)}`)
    .join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [tableRow([...head]), `| ${head.map(() => '---').join(' | ')} |`];
  const left = rows.length - most;
  return [
    ...lines,
    ...rows.slice(0, most).map((row) => tableRow([...row])),
    ...(left > 0 ? ['', `${left} more are in comparison.json.`] : []),
  ].join('\n');
}
