import { element } from './dom.js';

/** Something under its name in small print. */
export function labelled(name: string, content: HTMLElement): HTMLElement {
  return element('div', { class: 'labelled' }, element('p', { class: 'name' }, name), content);
}
