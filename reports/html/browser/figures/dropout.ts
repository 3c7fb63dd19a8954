import { plural } from '../../../../harness/verdict/plural.js';
import { svg } from '../elements/dom.js';
import { figure, label, line, percent } from './figure.js';
import type { Dropout } from './reading.js';

const area = { width: 320, height: 172 };
/** Where the axes meet, and how long they are. */
const plot = { left: 44, bottom: 132, width: 272, height: 104 };
const maxColumns = 256;

/** How often each unit took one exact value, a column each; above the threshold it counts as dropped. */
export function drawDropout({ repeats, threshold }: Dropout): HTMLElement {
  const shares = worstOfGroups(repeats, maxColumns);
  const top = Math.max(threshold, ...shares) * 1.1 || 1;
  const y = (share: number) => plot.bottom - (share / top) * plot.height;
  const step = Math.min(16, plot.width / shares.length);
  const unitsPerColumn = Math.ceil(repeats.length / maxColumns);
  const columns = shares.map((share, at) => {
    const place = {
      x: plot.left + at * step,
      y: y(share),
      width: step * 0.8,
      height: plot.bottom - y(share),
    };
    const title = svg('title', {}, `unit ${at * unitsPerColumn}: ${percent(share)}`);
    return svg('rect', { ...place, class: share > threshold ? 'column fail' : 'column' }, title);
  });
  const over = repeats.filter((share) => share > threshold).length;
  const words = `${over} of ${plural(repeats.length, 'unit')} took one exact value in more than ${percent(threshold)} of the outputs, the threshold`;
  return figure(
    'Exact repeats per unit',
    area,
    words,
    ...columns,
    ...axes(repeats.length, step * shares.length, top),
    ...thresholdLine(y(threshold), threshold, top),
  );
}

/** Units from left to right, and up the share of outputs, in percent. */
function axes(units: number, width: number, top: number): SVGElement[] {
  const { left, bottom, height } = plot;
  const highest = top / 1.1;
  const y = bottom - height / 1.1;
  return [
    line(left, bottom, area.width, bottom, 'axis'),
    line(left, bottom, left, bottom - height, 'axis'),
    label(4, 12, '↑ share of the outputs with one exact value', 'start'),
    label(left - 6, bottom + 4, '0 %', 'end'),
    label(left - 6, y + 4, percent(highest), 'end'),
    label(left, bottom + 15, '0', 'start'),
    ...(units > 1 ? [label(left + width, bottom + 15, String(units - 1), 'end')] : []),
    label(area.width, bottom + 32, 'unit of the output →', 'end'),
  ];
}

/** Named beside the line where there is room, as there is not where it lies on an end of the axis. */
function thresholdLine(y: number, threshold: number, top: number): SVGElement[] {
  const rule = line(plot.left, y, area.width, y, 'threshold');
  const share = threshold / top;
  return share < 0.15 || share > 0.75
    ? [rule]
    : [rule, label(plot.left - 6, y + 4, percent(threshold), 'end')];
}

/** As many values at most; where several units share a column, the highest. */
function worstOfGroups(values: readonly number[], most: number): number[] {
  const size = Math.ceil(values.length / most);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) =>
    Math.max(...values.slice(at * size, (at + 1) * size)),
  );
}
