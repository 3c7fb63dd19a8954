import type { CheckResult } from '../verdict/run.js';
import type { FailedOutputs } from './failed-outputs.js';

/** Events while specs run. */
export type Progress =
  | { readonly kind: 'spec-unreadable'; readonly spec: string }
  | { readonly kind: 'check-started'; readonly spec: string; readonly check: string }
  | {
      readonly kind: 'check-decided';
      readonly spec: string;
      readonly result: CheckResult;
      /** The outputs whose rows a failed check compared, where they are small. */
      readonly outputs?: FailedOutputs;
    }
  | { readonly kind: 'spec-ended'; readonly spec: string };
