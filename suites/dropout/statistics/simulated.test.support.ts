import { streamOf, uniform } from '../../../harness/images/hash.js';
import type { Draws } from './draws.js';

/** Numbers for one value of a draw. */
export type Chance = {
  readonly draw: number;
  readonly row: number;
  readonly unit: number;
  /** In [0, 1), a new one for each name. */
  readonly of: (name: number, places?: { readonly row?: number; readonly unit?: number }) => number;
};

/** Draws of a made-up model: rows × units values, each computed by `value` from the chances of its place. */
export function simulated(
  { rows = 16, units, draws, seed }: { rows?: number; units: number; draws: number; seed: number },
  value: (chance: Chance) => number,
): Draws {
  const values = Array.from({ length: draws }, (_, draw) =>
    Float32Array.from({ length: rows * units }, (_, at) => {
      const [row, unit] = [Math.floor(at / units), at % units];
      const of = (name: number, places: { row?: number; unit?: number } = {}) =>
        uniform(streamOf(seed + name, draw), (places.row ?? row) * units + (places.unit ?? unit));
      return value({ draw, row, unit, of });
    }),
  );
  return { rows, units, values };
}

/** What a model without randomness gives for a row and unit: different everywhere, between 1 and 3. */
export function feature(row: number, unit: number): number {
  return 1 + 2 * uniform(streamOf(99, row), unit);
}
