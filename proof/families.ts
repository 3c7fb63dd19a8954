import { table } from '../reports/markdown/table.js';
import type { TwinTally } from './tally.js';

/** How many broken models of each kind of fault there are, and how many runs of them were caught. */
export function families(twins: readonly TwinTally[]): string[] {
  const named = [...new Set(twins.map(({ family }) => family))].sort();
  const rows = named.map((family) =>
    row(
      family,
      twins.filter((twin) => twin.family === family),
    ),
  );
  return ['## Kinds of faults', table(['kind', '#broken models', '#runs', '#caught'], rows)];
}

function row(family: string, twins: readonly TwinTally[]): (string | number)[] {
  const runs = twins.reduce((sum, twin) => sum + twin.runs, 0);
  const escapes = twins.reduce((sum, twin) => sum + twin.escapes.length, 0);
  return [family, twins.length, runs, runs - escapes];
}
