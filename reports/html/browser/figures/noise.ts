import { svg } from '../elements/dom.js';
import { figure, label, line, shortNumber } from './figure.js';
import type { NoiseEvidence } from './reading.js';

const area = { width: 320, height: 84 };
const [left, right, axis] = [16, 304, 46];

/** The model's own noise and the tolerance on one axis of powers of ten. */
export function drawNoise({ floor, tolerance, scale }: NoiseEvidence): HTMLElement {
  const powers = [floor, tolerance].filter((value) => value > 0).map(Math.log10);
  const [lowest, highest] = [Math.floor(Math.min(0, ...powers)) - 1, Math.ceil(Math.max(-1, ...powers)) + 1];
  const x = (value: number) => {
    const power = value > 0 ? Math.log10(value) : lowest;
    return left + ((power - lowest) / (highest - lowest)) * (right - left);
  };
  const room = svg('rect', {
    x: left,
    y: axis - 5,
    width: Math.max(0, x(tolerance) - left),
    height: 10,
    class: 'room',
  });
  const floorMark = svg('circle', {
    cx: x(floor),
    cy: axis,
    r: 5,
    class: floor <= tolerance ? 'point pass' : 'point fail',
  });
  const outputs = scale === undefined ? '' : `, outputs up to ${shortNumber(scale)}`;
  const caption = `own noise ${shortNumber(floor)}, tolerance ${shortNumber(tolerance)}${outputs}`;
  return figure(
    'Noise and tolerance',
    area,
    caption,
    room,
    line(left, axis, right, axis, 'axis'),
    line(x(tolerance), axis - 14, x(tolerance), axis + 14, 'threshold'),
    floorMark,
    label(inside(x(floor)), axis + 30, `noise ${shortNumber(floor)}`, 'middle'),
    label(inside(x(tolerance)), axis - 20, `tolerance ${shortNumber(tolerance)}`, 'middle'),
  );
}

/** Keeps a label within the drawing. */
function inside(x: number): number {
  return Math.min(area.width - 56, Math.max(56, x));
}
