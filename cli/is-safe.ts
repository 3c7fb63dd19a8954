import type { Check } from '../harness/check/check.js';
import type { ModelRun } from '../harness/verdict/run.js';

/** Whether a model has passed every check that must be passed before it is loaded into TensorFlow. */
export function isSafe({ checks }: ModelRun, chosen: readonly Check[]): boolean {
  const gates = new Set(chosen.filter(({ gatesRun }) => gatesRun).map(({ id }) => id));
  return checks.every(({ id, status }) => !gates.has(id) || status === 'pass');
}
