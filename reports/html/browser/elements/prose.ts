import { element } from './dom.js';

/** A paragraph in which what stands between backticks is code. */
export function prose(text: string): HTMLElement {
  const parts = text.split('`').map((part, at) => (at % 2 === 1 ? element('code', {}, part) : part));
  return element('p', { class: 'prose' }, ...parts);
}
