import { table } from '../reports/markdown/table.js';
import type { Tallies } from './tally.js';

/** Each conforming model with its runs and false alarms. */
export function conforming({ models }: Tallies): string[] {
  const rows = models.map(({ model, runs, passed, alarms }) => [model, runs, passed, alarms.length]);
  return ['## Conforming models', table(['model', '#runs', '#checks that apply', '#false alarms'], rows)];
}
