import type { Finding } from '../../../harness/verdict/run.js';
import { caseInWords } from '../../wording/words.js';
import type { Draw } from './draw.js';
import { copyButton } from './elements/copy.js';
import { differing } from './elements/differing.js';
import { type Child, element } from './elements/dom.js';
import { labelled } from './elements/labelled.js';
import { drawBatch } from './picture.js';

/** Expected and actual side by side, the images that show it, how to run it again, and the remedy. */
export function drawFinding(finding: Finding, draw: Draw): HTMLElement {
  const [expected, actual] = differing(finding.expected, finding.actual);
  const sides = element('div', { class: 'sides' }, side('Expected', expected), side('Actual', actual));
  return element(
    'section',
    { class: 'finding' },
    element('h4', {}, finding.where),
    sides,
    ...rows(finding),
    ...shownBy(finding, draw),
    ...(finding.remedy ? [labelled('Remedy', element('p', {}, finding.remedy))] : []),
    ...(finding.replay ? [labelled('Run it again', command(finding.replay))] : []),
    ...(finding.fingerprint ? [labelled('Fingerprint', element('code', {}, finding.fingerprint))] : []),
  );
}

function side(name: string, parts: readonly Child[]): HTMLElement {
  return element(
    'div',
    { class: name.toLowerCase() },
    element('p', { class: 'name' }, name),
    element('pre', {}, ...parts),
  );
}

/** Both rows in the columns in which they differ most. */
function rows({ units = [], outputs }: Finding): HTMLElement[] {
  if (units.length < 2) return [];
  const line = (name: 'th' | 'td', texts: readonly string[]) =>
    element('tr', {}, ...texts.map((text) => element(name, {}, text)));
  const table = element(
    'table',
    { class: 'rows' },
    line('th', ['Column', 'Expected', 'Actual']),
    ...units.map(({ unit, one, other }) => line('td', [String(unit), one, other])),
  );
  const files = (outputs ?? []).flatMap((file, at) => [
    at === 0 ? 'All values: ' : ', ',
    element('code', {}, file),
  ]);
  const caption = files.length === 0 ? [] : [element('p', { class: 'files' }, ...files)];
  return [labelled('Both rows, where they differ most', element('div', {}, table, ...caption))];
}

function shownBy(finding: Finding, draw: Draw): HTMLElement[] {
  const words = caseInWords(finding);
  if (words === '') return [];
  const pictures = finding.batch ? drawBatch(finding.batch, draw) : [];
  const caption = element('figcaption', {}, words, ...whereTheRestIs(finding, pictures.length));
  return [labelled('Shown by', element('figure', { class: 'shown' }, ...pictures, caption))];
}

function whereTheRestIs({ batch, pixels }: Finding, drawn: number): Child[] {
  const first = batch && drawn > 0 && drawn < batch.count ? [`. The first ${drawn} are drawn`] : [];
  return [...first, ...(pixels === undefined ? [] : ['. All pixels: ', element('code', {}, pixels)])];
}

function command(text: string): HTMLElement {
  return element('div', { class: 'command' }, element('code', {}, text), copyButton(text));
}
