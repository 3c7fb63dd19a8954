import type { Evidence, EvidenceValue } from '../../../../harness/verdict/run.js';

export type Range = readonly [min: number, max: number];
export type Declared = { readonly height: Range; readonly width: Range };
export type TriedSize = { readonly height: number; readonly width: number; readonly result: TriedResult };
export type TriedResult = 'pass' | 'fail' | 'left-out';
export type NoiseEvidence = { readonly floor: number; readonly tolerance: number; readonly scale?: number };
export type Dropout = { readonly repeats: readonly number[]; readonly threshold: number };

/** Sizes tried, from `sizes: [[height, width, "pass" | "fail" | "left-out"], …]`. Undefined when it is anything else. */
export function sizesIn(evidence: Evidence): TriedSize[] | undefined {
  const tried = list(evidence.sizes).map(triedIn);
  const known = tried.filter((one) => one !== undefined);
  return known.length > 0 && known.length === tried.length ? known : undefined;
}

/** What tells the sizes that fail from the others, from `sizePattern: "…"`. */
export function sizePatternIn({ sizePattern }: Evidence): string | undefined {
  return typeof sizePattern === 'string' ? sizePattern : undefined;
}

/** From `declared: { height: [min, max], width: [min, max] }`. */
export function declaredIn(evidence: Evidence): Declared | undefined {
  const declared = record(evidence.declared);
  const [height, width] = [rangeIn(declared.height), rangeIn(declared.width)];
  return height && width ? { height, width } : undefined;
}

/** Batch sizes tried, from `batches: [count, …]`. */
export function batchSizesIn(evidence: Evidence): readonly number[] | undefined {
  return numbersIn(evidence.batches);
}

/** From `noise: { floor, tolerance, scale }`: the model's own noise, what was allowed, and the size of the outputs. */
export function noiseIn(evidence: Evidence): NoiseEvidence | undefined {
  const { floor, tolerance, scale } = record(evidence.noise);
  if (!isAmount(floor) || !isAmount(tolerance)) return undefined;
  return { floor, tolerance, ...(isAmount(scale) ? { scale } : {}) };
}

/** From `dropout: { repeats: [share per unit], threshold }`: how often a unit took one exact value. */
export function dropoutIn(evidence: Evidence): Dropout | undefined {
  const { repeats, threshold } = record(evidence.dropout);
  const shares = numbersIn(repeats);
  return shares && isAmount(threshold) ? { repeats: shares, threshold } : undefined;
}

function triedIn(value: EvidenceValue): TriedSize | undefined {
  const [height, width, result] = list(value);
  if (!isAmount(height) || !isAmount(width)) return undefined;
  return result === 'pass' || result === 'fail' || result === 'left-out'
    ? { height, width, result }
    : undefined;
}

function rangeIn(value: EvidenceValue | undefined): Range | undefined {
  const [min, max] = list(value);
  return isAmount(min) && isAmount(max) && min <= max ? [min, max] : undefined;
}

function numbersIn(value: EvidenceValue | undefined): number[] | undefined {
  const numbers = list(value).filter(isAmount);
  return numbers.length > 0 && numbers.length === list(value).length ? numbers : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function list(value: EvidenceValue | undefined): readonly EvidenceValue[] {
  return Array.isArray(value) ? value : [];
}

function record(value: EvidenceValue | undefined): { readonly [key: string]: EvidenceValue } {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

function isList(value: object): value is readonly EvidenceValue[] {
  return Array.isArray(value);
}
