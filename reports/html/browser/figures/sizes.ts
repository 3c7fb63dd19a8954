import { type Child, element, svg } from '../elements/dom.js';
import { type Caption, figure, label, line } from './figure.js';
import type { Declared, Range, TriedResult, TriedSize } from './reading.js';

const area = { width: 320, height: 236 };
/** Where the axes meet, and how long they are. */
const plot = { left: 40, bottom: 200, width: 268, height: 188 };

/** Sizes tried over width and height, the declared range outlined. */
export function drawSizes(
  tried: readonly TriedSize[],
  declared: Declared | undefined,
  pattern?: string,
): HTMLElement {
  const reach = { height: farthest(tried, declared, 'height'), width: farthest(tried, declared, 'width') };
  const x = (width: number) => plot.left + (width / reach.width) * plot.width;
  const y = (height: number) => plot.bottom - (height / reach.height) * plot.height;
  const order: readonly TriedResult[] = ['pass', 'left-out', 'fail'];
  const points = order.flatMap((result) => tried.filter((one) => one.result === result));
  const drawn = points.map((one) => point(x(one.width), y(one.height), one));
  const outline = declared ? [declaredRange(declared, x, y)] : [];
  return figure(
    'Sizes tried',
    area,
    captionOf(tried, declared, pattern),
    ...axes(),
    ...ticks(tried, declared, x, y),
    ...outline,
    ...drawn,
  );
}

type Scale = (size: number) => number;

function farthest(
  tried: readonly TriedSize[],
  declared: Declared | undefined,
  side: 'height' | 'width',
): number {
  return Math.max(1, declared?.[side][1] ?? 0, ...tried.map((one) => one[side])) * 1.06;
}

function point(
  x: number,
  y: number,
  { height, width, result }: TriedSize,
  words = `${height}×${width}: ${resultWords[result]}`,
): SVGElement {
  const title = svg('title', {}, words);
  if (result === 'fail') {
    return svg('path', { d: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`, class: 'point fail' }, title);
  }
  return svg('circle', { cx: x, cy: y, r: result === 'pass' ? 3 : 3.5, class: `point ${result}` }, title);
}

function declaredRange({ height, width }: Declared, x: Scale, y: Scale): SVGElement {
  const margin = 6;
  return svg('rect', {
    x: x(width[0]) - margin,
    y: y(height[1]) - margin,
    width: x(width[1]) - x(width[0]) + 2 * margin,
    height: y(height[0]) - y(height[1]) + 2 * margin,
    rx: margin,
    class: 'declared',
  });
}

function axes(): Child[] {
  const right = plot.left + plot.width;
  return [
    line(plot.left, plot.bottom, right, plot.bottom, 'axis'),
    line(plot.left, plot.bottom, plot.left, plot.bottom - plot.height, 'axis'),
    label(right, plot.bottom + 32, 'width →', 'end'),
    label(4, 10, '↑ height', 'start'),
  ];
}

/** The declared bounds where there are some, else the smallest and largest size tried. */
function ticks(tried: readonly TriedSize[], declared: Declared | undefined, x: Scale, y: Scale): Child[] {
  const bounds = (side: 'height' | 'width'): Range =>
    declared?.[side] ?? [
      Math.min(...tried.map((one) => one[side])),
      Math.max(...tried.map((one) => one[side])),
    ];
  const distinct = (range: Range, scale: Scale) =>
    Math.abs(scale(range[1]) - scale(range[0])) < 16 ? [range[1]] : range;
  return [
    ...distinct(bounds('width'), x).map((size) => label(x(size), plot.bottom + 15, String(size), 'middle')),
    ...distinct(bounds('height'), y).map((size) => label(plot.left - 6, y(size) + 4, String(size), 'end')),
  ];
}

const resultWords: Readonly<Record<TriedResult, string>> = {
  pass: 'passed',
  fail: 'failed',
  'left-out': 'left out',
};

/** How many sizes came to what, each beside its mark, and what those that fail have in common. */
function captionOf(
  tried: readonly TriedSize[],
  declared: Declared | undefined,
  pattern: string | undefined,
): Caption {
  const counted = (Object.keys(resultWords) as TriedResult[]).flatMap((result) => {
    const count = tried.filter((one) => one.result === result).length;
    return count === 0 ? [] : [{ result, words: `${count} ${resultWords[result]}` }];
  });
  const outline = declared === undefined ? [] : ['declared range'];
  const inCommon = pattern === undefined ? [] : [pattern];
  return {
    words: [...counted.map(({ words }) => words), ...outline, ...inCommon].join(', '),
    shown: [
      ...counted.map(({ result, words }) =>
        entry(words, point(6, 6, { height: 0, width: 0, result }, words)),
      ),
      ...outline.map((words) =>
        entry(words, svg('rect', { x: 1, y: 2, width: 10, height: 8, rx: 2, class: 'declared' })),
      ),
    ],
  };
}

function entry(words: string, mark: SVGElement): HTMLElement {
  const drawing = svg('svg', { viewBox: '0 0 12 12', class: 'drawing key', 'aria-hidden': 'true' }, mark);
  return element('span', { class: 'entry' }, drawing, words);
}
