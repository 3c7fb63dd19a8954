import { visible } from '../wording/visible.js';
import { escaped } from './escape.js';
import { framed } from './frame.js';
import { base } from './style/base.js';
import { colors } from './style/colors.js';
import { style } from './style/plain.js';

export type PlainPage = {
  readonly tone: keyof typeof marks;
  /** Text. */
  readonly headline: string;
  /** HTML: what stands under the headline, and the rest. */
  readonly lead: string;
  readonly main: string;
  /** Text. */
  readonly footer: string;
};

const marks = { pass: '✓', warning: '!', fail: '✗', error: '?' };

const sheet = [colors, base, style].join('\n');

/** A self-contained page without scripts, its result first. */
export function plainPage({ tone, headline, lead, main, footer }: PlainPage): string {
  const body = `<header class="${tone}">
<h1><span class="mark" aria-hidden="true">${marks[tone]}</span> ${escaped(headline)}</h1>
${lead}
</header>
<main>
${main}
</main>
<footer><p>${text(footer)}</p></footer>`;
  return framed({ title: headline, style: sheet, body });
}

/** Text of anybody's, for an element. */
export function text(said: string): string {
  return escaped(visible(said));
}

/** Nothing where there is no content; `title` is text, `content` HTML. */
export function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${text(title)}</h2>\n${content}</section>`;
}

export function list(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`;
}

export function pairs(rows: readonly (readonly [string, string])[]): string {
  return `<dl>${rows.map(([label, said]) => `<dt>${text(label)}</dt><dd>${text(said)}</dd>`).join('')}</dl>`;
}

/** `rows`: a `tr` each. */
export function table(head: readonly string[], rows: readonly string[]): string {
  const heads = head
    .map((one, at) => `<th scope="col"${at === 0 ? '' : ' class="number"'}>${text(one)}</th>`)
    .join('');
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`;
}
