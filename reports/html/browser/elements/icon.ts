import { type Outcome, outcomeLabels } from '../../../wording/outcome.js';
import { iconPaths } from '../../icons.js';
import { element, svg } from './dom.js';

/** The shape of an outcome, named for screen readers unless the text beside it says the same. */
export function icon(outcome: Outcome, named: boolean): HTMLElement {
  const drawing = svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' });
  drawing.append(svg('path', { d: iconPaths[outcome] }));
  const label = named ? [element('span', { class: 'unseen' }, `${outcomeLabels[outcome]}: `)] : [];
  return element('span', { class: `mark ${outcome}` }, drawing, ...label);
}
