import type { SizeRange } from './contract.js';
import type { RawSide } from './raw-spec.js';

/** The value of a key that is left out; a test holds them equal to the schema's. */
export const defaults = {
  outside: 'unspecified',
  colorRange: [0, 1],
  trainableVariables: true,
  trainingArgument: false,
  regularizationLosses: 'any',
  affects: 'training',
  exampleTolerance: 0.001,
  endpoint: '__call__',
  tolerance: 0,
  deadline: '60s',
  modelDeadline: '30m',
  memory: '4GiB',
  pixelsPerCall: 4_000_000,
  runs: 100,
} as const;

/** A fixed side as a range of one size; the step is 1 unless given. */
export function rangeOf(side: RawSide): SizeRange {
  if (typeof side === 'number') return { min: side, max: side, step: 1 };
  return { min: side.min, max: side.max, step: side.step ?? 1 };
}
