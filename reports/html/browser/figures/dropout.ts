import { plural } from '../../../../harness/verdict/plural.js';
import { svg } from '../elements/dom.js';
import { figure, label, line, shortNumber } from './figure.js';
import type { Dropout } from './reading.js';

const area = { width: 320, height: 120 };
const [left, base, tallest] = [34, 104, 90];
const maxColumns = 256;

/** How often each unit took one exact value, a column each; above the threshold it counts as dropped. */
export function drawDropout({ repeats, threshold }: Dropout): HTMLElement {
  const shares = worstOfGroups(repeats, maxColumns);
  const top = Math.max(threshold, ...shares) * 1.1 || 1;
  const y = (share: number) => base - (share / top) * tallest;
  const step = Math.min(16, (area.width - left) / shares.length);
  const columns = shares.map((share, at) => {
    const kind = share > threshold ? 'column fail' : 'column';
    const title = svg('title', {}, `unit ${at}: ${shortNumber(share)}`);
    return svg(
      'rect',
      { x: left + at * step, y: y(share), width: step * 0.8, height: base - y(share), class: kind },
      title,
    );
  });
  const over = repeats.filter((share) => share > threshold).length;
  const caption = `${over} of ${plural(repeats.length, 'unit')} above the threshold of ${shortNumber(threshold)}`;
  return figure(
    'Exact repeats per unit',
    area,
    caption,
    ...columns,
    line(left, base, area.width, base, 'axis'),
    line(left, y(threshold), area.width, y(threshold), 'threshold'),
    label(left - 5, y(threshold) + 4, shortNumber(threshold), 'end'),
  );
}

/** As many values at most; where several units share a column, the highest. */
function worstOfGroups(values: readonly number[], most: number): number[] {
  const size = Math.ceil(values.length / most);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) =>
    Math.max(...values.slice(at * size, (at + 1) * size)),
  );
}
