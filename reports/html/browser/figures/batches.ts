import { plural } from '../../../../harness/verdict/plural.js';
import { svg } from '../elements/dom.js';
import { figure, label, line } from './figure.js';

const column = 26;
const tallest = 64;
/** Room for the number of cases above a column. */
const top = 20;

/** Of how many cases each batch size is, a column each. */
export function drawBatches(batches: readonly number[]): HTMLElement {
  const times = new Map<number, number>();
  for (const count of [...batches].sort((one, other) => one - other))
    times.set(count, (times.get(count) ?? 0) + 1);
  const maxTimes = Math.max(...times.values());
  const columns = [...times].flatMap(([count, tries], at) => {
    const height = (tries / maxTimes) * tallest;
    const title = svg('title', {}, `batch of ${count}: ${plural(tries, 'case')}`);
    const bar = svg(
      'rect',
      { x: at * column + 6, y: tallest + top - height, width: column - 12, height, class: 'column' },
      title,
    );
    const middle = at * column + column / 2;
    return [
      bar,
      label(middle, tallest + top - height - 4, String(tries), 'middle'),
      label(middle, tallest + top + 16, String(count), 'middle'),
    ];
  });
  const width = Math.max(320, times.size * column);
  const caption = `${plural(batches.length, 'case')}, batches of ${[...times.keys()].join(', ')}`;
  const base = line(0, tallest + top, times.size * column, tallest + top, 'axis');
  const name = label(0, tallest + top + 33, 'images in the batch →', 'start');
  return figure('Cases per batch size', { width, height: tallest + 56 }, caption, ...columns, base, name);
}
