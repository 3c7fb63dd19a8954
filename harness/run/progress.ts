import type { CheckResult } from '../verdict/run.js';

/** Events while specs run. */
export type Progress =
  | { readonly kind: 'spec-unreadable'; readonly spec: string }
  | { readonly kind: 'check-started'; readonly spec: string; readonly check: string }
  | { readonly kind: 'check-decided'; readonly spec: string; readonly result: CheckResult }
  | { readonly kind: 'spec-ended'; readonly spec: string };
