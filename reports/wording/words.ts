import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { plural } from '../../harness/verdict/plural.js';
import type { Finding } from '../../harness/verdict/run.js';

/** Which TensorFlow ran: "TensorFlow 2.21.0"; none where no model got that far. */
export function tensorflowInWords(version: string): string {
  return version === '' ? 'no TensorFlow started' : `TensorFlow ${version}`;
}

/** A time span in milliseconds, in words: "812 ms", "5.3 s", "2 min 5 s", "1 h 4 min". */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** How long the checks of a model took, or of which day's run they are: "from cache, run on 2026-11-25". */
export function timeOf({ checks, durationMs }: TimedModel): string {
  const [first] = checks;
  return first?.fromCache === undefined
    ? duration(durationMs)
    : `from cache, run on ${first.fromCache.slice(0, 10)}`;
}

type TimedModel = {
  readonly durationMs: number;
  readonly checks: readonly { readonly fromCache?: string }[];
};

/** For example "1 image, 33×32, noise, seed 7". */
export function batchInWords(batch: Batch): string {
  const rows = batch.rows ? ` (numbers ${batch.rows.join(', ')})` : '';
  const perturb = batch.nudge === undefined ? [] : [`each pixel perturbed by a factor of 1 ± ${batch.nudge}`];
  return [
    `${plural(batch.count, 'image')}${rows}`,
    `${batch.height}×${batch.width}`,
    batch.pattern,
    `seed ${batch.seed}`,
    ...perturb,
  ].join(', ');
}

/** The batch and the arguments that show a finding, with how often it was shrunk; empty when it needed none. */
export function caseInWords(finding: Finding): string {
  const parts = [];
  if (finding.batch) parts.push(batchInWords(finding.batch));
  if (finding.arguments && Object.keys(finding.arguments).length > 0)
    parts.push(argumentsInWords(finding.arguments));
  if (finding.shrunk) parts.push(`shrunk ${finding.shrunk === 1 ? 'once' : `${finding.shrunk} times`}`);
  return parts.join('; ');
}

/** Where two rows differ most, a line for each column: "column 3: expected 0.23069, got 0.486762". */
export function unitsInLines({ units = [] }: Finding): string[] {
  if (units.length < 2) return [];
  return units.map(({ unit, one, other }) => `column ${unit}: expected ${one}, got ${other}`);
}
