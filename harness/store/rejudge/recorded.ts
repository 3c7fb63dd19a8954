import type { Apart } from '../../check/tolerance.js';
import { isRecord } from '../../verdict/is-record.js';
import type { CheckResult, EvidenceValue } from '../../verdict/run.js';

/** What a stored check tells of how closely it compared. */
export type Recorded = {
  readonly tolerance: { readonly absolute: number; readonly relative: number };
  readonly source: string;
  /** The comparison that decided, or allowed for most. */
  readonly told: Apart;
  /** Where rows differed most, of all that were compared; left out by older versions. */
  readonly largest: Apart | undefined;
};

/** The comparison in the evidence of a check; undefined where there is none. */
export function recordedIn({ evidence }: CheckResult): Recorded | undefined {
  const noise = recordIn(evidence?.noise);
  if (noise === undefined) return undefined;
  const { tolerance, relative = 0, source, floor, scale } = noise;
  const largest = recordIn(noise.largest);
  return {
    tolerance: { absolute: numberIn(tolerance), relative: numberIn(relative) },
    source: String(source),
    told: { difference: numberIn(floor), scale: numberIn(scale) },
    largest: largest && { difference: numberIn(largest.difference), scale: numberIn(largest.scale) },
  };
}

function recordIn(value: EvidenceValue | undefined): Readonly<Record<string, EvidenceValue>> | undefined {
  return isRecord(value) ? (value as Readonly<Record<string, EvidenceValue>>) : undefined;
}

/** NaN and infinities are stored as texts; whatever else is no such number is NaN, which lies within nothing. */
function numberIn(value: EvidenceValue | undefined): number {
  if (typeof value === 'number' && value >= 0) return value;
  return value === 'Infinity' ? Number.POSITIVE_INFINITY : Number.NaN;
}
