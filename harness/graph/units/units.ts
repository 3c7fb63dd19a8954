import type { Shape } from '../../savedmodel/saved-model.js';

/**
 * Where a value's units lie, the columns of the output that it belongs to:
 * - axes, counted from the last one, 0; with none, the value is the same for all units;
 * - `single`: it belongs to one unit or a few, whatever its shape;
 * - `lost`: the graph does not say.
 */
export type Units = readonly number[] | 'single' | 'lost';

/** The value is the same for all units. */
export function sameForAll(units: Units): boolean {
  return typeof units !== 'string' && units.length === 0;
}

/** It is no longer known where they lie; but what is the same for all units stays so. */
export function lost(units: Units): Units {
  return typeof units === 'string' || units.length === 0 ? units : 'lost';
}

/** The axes of a tensor with this many axes: a smaller tensor is spread over the axes that it lacks. */
export function within(units: Units, shape: Shape): Units {
  return shape === null ? units : moved(units, (axis) => (axis < shape.length ? [axis] : []));
}

/** Leaves out axes of size 1: a tensor is the same along them for all that it is combined with. */
export function narrowed(units: Units, shape: Shape): Units {
  if (shape === null) return units;
  if (units === 'lost') return shape.every((size) => size === 1) ? [] : units;
  return moved(units, (axis) => (shape[shape.length - 1 - axis] === 1 ? [] : [axis]));
}

/** Each axis replaced by others. */
export function moved(units: Units, places: (axis: number) => readonly number[]): Units {
  if (typeof units === 'string') return units;
  return [...new Set(units.flatMap(places))].sort((a, b) => a - b);
}

/** The units before axes were taken away: `gone` are these axes of the larger tensor, counted from its last one. */
export function beforeRemoval(units: Units, gone: readonly number[]): Units {
  const removed = [...gone].sort((a, b) => a - b);
  return moved(units, (axis) => [removed.reduce((at, each) => (each <= at ? at + 1 : at), axis)]);
}

/** The units before axes were added: `fresh` are these axes of the larger tensor. */
export function beforeAddition(units: Units, fresh: readonly number[]): Units {
  return moved(units, (axis) =>
    fresh.includes(axis) ? [] : [axis - fresh.filter((each) => each < axis).length],
  );
}

/** The units before a tensor of shape `from` became one of shape `to`, the values in the same order. */
export function beforeReshape(units: Units, to: Shape, from: Shape): Units {
  if (typeof units === 'string') return units;
  if (to === null || from === null) return 'lost';
  const kept = alike(to, from, sameFromStart);
  const last = alike(withoutFirst(to, kept), withoutFirst(from, kept), sameFromEnd);
  const first = isResized(to, from, kept, last) ? 0 : kept;
  const between = axes(from.length - first - last, last).filter((axis) => from[from.length - 1 - axis] !== 1);
  return moved(units, (axis) => {
    if (axis < last) return [axis];
    if (axis < to.length - first) return between;
    return [axis - to.length + from.length];
  });
}

type Sizes = readonly (number | null)[];

function alike(to: Sizes, from: Sizes, same: (to: Sizes, from: Sizes, at: number) => boolean): number {
  let count = 0;
  while (count < Math.min(to.length, from.length) && same(to, from, count)) count++;
  return count;
}

/** Whether axes come or go, so that the first one, of a size that is not known, cannot stay what it is. */
function isResized(to: Sizes, from: Sizes, first: number, last: number): boolean {
  const [more, fewer] = [to, from].map((sizes) =>
    sizes.slice(first, sizes.length - last).some((size) => size !== 1),
  );
  return first === 1 && to[0] === null && more !== fewer;
}

/** Only the first axis, the batch, is taken to stay where its size is unknown on both sides. */
function sameFromStart(to: Sizes, from: Sizes, at: number): boolean {
  return to[at] === from[at] && (at === 0 || to[at] !== null);
}

function sameFromEnd(to: Sizes, from: Sizes, at: number): boolean {
  const size = to[to.length - 1 - at];
  return size !== null && size === from[from.length - 1 - at];
}

function withoutFirst(sizes: Sizes, count: number): Sizes {
  return sizes.slice(count);
}

function axes(count: number, first: number): readonly number[] {
  return Array.from({ length: Math.max(0, count) }, (_, at) => first + at);
}
