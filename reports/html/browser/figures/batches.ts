import { plural } from '../../../../harness/verdict/plural.js';
import { svg } from '../elements/dom.js';
import { figure, label, line } from './figure.js';

const column = 26;
const tallest = 64;

/** How often each batch size was tried, a column each. */
export function drawBatches(batches: readonly number[]): HTMLElement {
  const times = new Map<number, number>();
  for (const count of [...batches].sort((one, other) => one - other))
    times.set(count, (times.get(count) ?? 0) + 1);
  const maxTimes = Math.max(...times.values());
  const columns = [...times].flatMap(([count, tries], at) => {
    const height = (tries / maxTimes) * tallest;
    const title = svg('title', {}, `batch of ${count}: ${plural(tries, 'time')}`);
    const bar = svg(
      'rect',
      { x: at * column + 6, y: tallest + 8 - height, width: column - 12, height, class: 'column' },
      title,
    );
    return [bar, label(at * column + column / 2, tallest + 24, String(count), 'middle')];
  });
  const width = Math.max(320, times.size * column);
  const caption = `${plural(batches.length, 'case')}, batches of ${[...times.keys()].join(', ')}`;
  const base = line(0, tallest + 8, times.size * column, tallest + 8, 'axis');
  return figure('Batch sizes tried', { width, height: tallest + 32 }, caption, ...columns, base);
}
