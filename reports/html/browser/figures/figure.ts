import { type Child, element, svg } from '../elements/dom.js';

/** Size of a drawing, in units of its own; the page scales it. */
export type Area = { readonly width: number; readonly height: number };

/** A sentence, and how it is shown where marks stand for some of its words. */
export type Caption = { readonly words: string; readonly shown: readonly Child[] };

/** A drawing with its title above and a sentence below that says the same in words. */
export function figure(
  title: string,
  area: Area,
  caption: string | Caption,
  ...drawing: readonly Child[]
): HTMLElement {
  const { words, shown } = typeof caption === 'string' ? { words: caption, shown: [caption] } : caption;
  const viewBox = `0 0 ${area.width} ${area.height}`;
  const picture = svg(
    'svg',
    { viewBox, role: 'img', 'aria-label': `${title}: ${words}`, class: 'drawing' },
    ...drawing,
  );
  return element(
    'figure',
    {},
    element('p', { class: 'name' }, title),
    picture,
    element('figcaption', {}, ...shown),
  );
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): SVGElement {
  return svg('line', { x1, y1, x2, y2, class: kind });
}

/** A text at a point; `anchor` says which part of it lies there. */
export function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): SVGElement {
  return svg('text', { x, y, 'text-anchor': anchor }, text);
}

/** A number as a person reads it: 3 digits, an exponent where it is small. */
export function shortNumber(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

/** A share as a person reads it: "21.5 %", "0.0321 %". */
export function percent(share: number): string {
  return `${shortNumber(100 * share)} %`;
}
