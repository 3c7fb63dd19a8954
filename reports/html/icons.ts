import type { Verdict } from '../../harness/verdict/run.js';
import type { Outcome } from '../wording/outcome.js';

/** Strokes inside a square of 16, one shape per outcome, so that colour is never the only sign. */
export const iconPaths: Readonly<Record<Outcome, string>> = {
  fail: 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6',
  stale: 'M8 4.4v3.8l2.6 1.8',
  error: 'M6 6.3a2 2 0 1 1 3.1 1.7c-.8.5-1.1.8-1.1 1.5M8 11.9v.1',
  warning: 'M8 4.2v4.6M8 11.7v.1',
  waived: 'M4.6 8.9c1.1-1.7 2.2-1.7 3.4-.8s2.3.9 3.4-.8',
  pass: 'M4.7 8.3l2.3 2.3 4.3-5',
  skip: 'M5 8h6',
};

/** The outcome whose shape and colour stand for a verdict. */
export const outcomeOfVerdict: Readonly<Record<Verdict, Outcome>> = {
  conforms: 'pass',
  'does-not-conform': 'fail',
  unknown: 'error',
};
