import { scaleOf } from '../../harness/check/compare.js';
import type { Noise } from '../../harness/engine/subject.js';

/** The tolerance of the model, widened as far as a hyperparameter makes these values larger than its outputs. */
export function widened({ tolerance, scale }: Noise, values: Float32Array): Noise['tolerance'] {
  const times = scale > 0 ? Math.max(1, scaleOf(values) / scale) : 1;
  return { ...tolerance, absolute: tolerance.absolute * times };
}
