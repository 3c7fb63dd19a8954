import type { Check } from '../harness/check/check.js';
import { rowsIndependent } from './batching/rows-independent.js';
import { classIndex } from './classification/class-index.js';
import { examples } from './classification/examples.js';
import { linearScores } from './classification/linear-scores.js';
import { noMaskInGraph } from './dropout/no-mask-in-graph.js';
import { outputsKept } from './dropout/outputs-kept.js';
import { accepted } from './hyperparameters/accepted.js';
import { declaredDefault } from './hyperparameters/default.js';
import { documented } from './hyperparameters/documented.js';
import { hyperparameterHasEffect } from './hyperparameters/has-effect.js';
import { deterministic } from './inference/deterministic.js';
import { isTheDefault } from './inference/is-the-default.js';
import { noSideEffects } from './inference/no-side-effects.js';
import { anyBatchSize } from './input/any-batch-size.js';
import { colorRange } from './input/color-range.js';
import { everySize } from './input/every-size.js';
import { sizeEdge } from './input/size-edge.js';
import { layerLoads } from './keras/layer-loads.js';
import { channelsLast } from './layout/channels-last.js';
import { dependsOnImage } from './output/depends-on-image.js';
import { dtype } from './output/dtype.js';
import { finite } from './output/finite.js';
import { sameWidthAtEverySize } from './output/same-width-at-every-size.js';
import { shape } from './output/shape.js';
import { insideItsFolder } from './safety/inside-its-folder.js';
import { noDangerousOps } from './safety/no-dangerous-ops.js';
import { imagesArgument } from './signature/images-argument.js';
import { oneTensor } from './signature/one-tensor.js';
import { onlyImagesRequired } from './signature/only-images-required.js';
import { rootCall } from './signature/root-call.js';
import { flagAccepted } from './training/flag-accepted.js';
import { hasEffect } from './training/has-effect.js';
import { leavesWeightsAlone } from './training/leaves-weights-alone.js';
import { manyStepsKept } from './training/many-steps.js';
import { sameOutputContract } from './training/same-output-contract.js';
import { gradientsFinite } from './variables/gradients-finite.js';
import { gradientsReach } from './variables/gradients-reach.js';
import { listed } from './variables/listed.js';
import { losses } from './variables/losses.js';
import { restored } from './variables/restored.js';
import { trainableListed } from './variables/trainable-listed.js';
import { trainableMatter } from './variables/trainable-matter.js';

/**
 * Every check, in the order in which they run. Checks of the files come before anything is loaded, and checks that others
 * rely on come first, so that a call that fails is reported once, by the check that covers it.
 */
export const checks: readonly Check[] = [
  rootCall,
  insideItsFolder,
  noDangerousOps,
  imagesArgument,
  onlyImagesRequired,
  colorRange,
  listed,
  trainableListed,
  gradientsReach,
  noMaskInGraph,
  layerLoads,
  channelsLast,
  documented,
  classIndex,
  restored,
  oneTensor,
  anyBatchSize,
  everySize,
  flagAccepted,
  sizeEdge,
  dtype,
  shape,
  finite,
  sameWidthAtEverySize,
  dependsOnImage,
  deterministic,
  rowsIndependent,
  isTheDefault,
  noSideEffects,
  hasEffect,
  leavesWeightsAlone,
  sameOutputContract,
  manyStepsKept,
  losses,
  trainableMatter,
  gradientsFinite,
  accepted,
  declaredDefault,
  hyperparameterHasEffect,
  linearScores,
  outputsKept,
  examples,
];
