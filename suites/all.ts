import type { Check } from '../harness/check/check.js';
import { rowsIndependent } from './batching/rows-independent.js';
import { deterministic } from './inference/deterministic.js';
import { isTheDefault } from './inference/is-the-default.js';
import { noSideEffects } from './inference/no-side-effects.js';
import { anyBatchSize } from './input/any-batch-size.js';
import { colorRange } from './input/color-range.js';
import { everySize } from './input/every-size.js';
import { sizeEdge } from './input/size-edge.js';
import { dependsOnImage } from './output/depends-on-image.js';
import { dtype } from './output/dtype.js';
import { finite } from './output/finite.js';
import { sameWidthAtEverySize } from './output/same-width-at-every-size.js';
import { shape } from './output/shape.js';
import { imagesArgument } from './signature/images-argument.js';
import { oneTensor } from './signature/one-tensor.js';
import { onlyImagesRequired } from './signature/only-images-required.js';
import { rootCall } from './signature/root-call.js';
import { flagAccepted } from './training/flag-accepted.js';
import { hasEffect } from './training/has-effect.js';
import { leavesWeightsAlone } from './training/leaves-weights-alone.js';
import { sameOutputContract } from './training/same-output-contract.js';

/**
 * Every check, in the order in which they run: what others lean on comes first, so that a call that
 * fails is blamed once, on the check that answers for it.
 */
export const checks: readonly Check[] = [
  rootCall,
  imagesArgument,
  onlyImagesRequired,
  oneTensor,
  anyBatchSize,
  colorRange,
  everySize,
  sizeEdge,
  dependsOnImage,
  dtype,
  finite,
  sameWidthAtEverySize,
  shape,
  rowsIndependent,
  deterministic,
  isTheDefault,
  noSideEffects,
  flagAccepted,
  hasEffect,
  leavesWeightsAlone,
  sameOutputContract,
];
