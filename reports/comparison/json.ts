import type { Comparison } from '../../harness/verdict/comparison.js';
import { jsonText } from '../json/text.js';

/** `comparison.json`, format 1, as `specs/comparison.schema.json` defines it. */
export function comparisonJson(comparison: Comparison): string {
  return `${jsonText(comparison, keyOrder)}\n`;
}

const keyOrder = [
  ...['format', 'tool', 'startedAt', 'durationMs', 'seed', 'for', 'answer', 'because', 'undecided'],
  ...['spec', 'inferred', 'given', 'digest', 'verdict', 'old', 'new', 'what', 'effect', 'why', 'contract'],
  ...['kind', 'images', 'largest', 'typical', 'timesNoise', 'cosine', 'rows', 'function', 'environment'],
];
