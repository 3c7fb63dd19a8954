import { clipped, visible, visibleLines } from '../wording/visible.js';

/** Longest text that is shown in full. */
const maxCharacters = 2000;

/** Text that no Markdown reader takes for more than text, on one line. */
export function inline(text: string): string {
  return visible(clipped(text, maxCharacters)).replace(/[\\`*_[\]<>|#~&@$]/g, (mark) => `\\${mark}`);
}

/** A block of code whose fence is longer than any in the text. */
export function inCode(text: string): string {
  const lines = visibleLines(clipped(text, maxCharacters));
  const longest = Math.max(0, ...[...lines.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}text\n${lines}\n${fence}`;
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(inline).join(' | ')} |`;
}
