import type { Check } from '../harness/check/check.js';
import { inRunOrder } from '../harness/check/run-order.js';
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
import { suites } from './order.js';
import { dependsOnImage } from './output/depends-on-image.js';
import { dtype } from './output/dtype.js';
import { finite } from './output/finite.js';
import { sameWidthAtEverySize } from './output/same-width-at-every-size.js';
import { shape } from './output/shape.js';
import { insideItsFolder } from './safety/inside-its-folder.js';
import { noDangerousOps } from './safety/no-dangerous-ops.js';
import { imagesArgument } from './signature/images-argument.js';
import { loads } from './signature/loads.js';
import { oneTensor } from './signature/one-tensor.js';
import { onlyImagesRequired } from './signature/only-images-required.js';
import { rootCall } from './signature/root-call.js';
import { confirmed } from './spec/confirmed.js';
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

/** Every check, in the order in which they run. `npm run new-check` writes this file from those that it lists. */
export const checks: readonly Check[] = inRunOrder(
  [
    rowsIndependent,
    classIndex,
    examples,
    linearScores,
    noMaskInGraph,
    outputsKept,
    accepted,
    declaredDefault,
    documented,
    hyperparameterHasEffect,
    deterministic,
    isTheDefault,
    noSideEffects,
    anyBatchSize,
    colorRange,
    everySize,
    sizeEdge,
    layerLoads,
    channelsLast,
    dependsOnImage,
    dtype,
    finite,
    sameWidthAtEverySize,
    shape,
    insideItsFolder,
    noDangerousOps,
    imagesArgument,
    loads,
    oneTensor,
    onlyImagesRequired,
    rootCall,
    confirmed,
    flagAccepted,
    hasEffect,
    leavesWeightsAlone,
    manyStepsKept,
    sameOutputContract,
    gradientsFinite,
    gradientsReach,
    listed,
    losses,
    restored,
    trainableListed,
    trainableMatter,
  ],
  suites,
).map((check) => (check.kind === 'measurement' ? { ...check, repeatable: true } : check));
