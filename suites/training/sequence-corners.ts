import { reachableCalls } from '../../harness/check/reachable-calls.js';
import { manyCalls, nothingSet, type Step } from '../../harness/check/sequences/step.js';
import { sizeCornersIn } from '../../harness/check/size-corners.js';
import { sizesOfOtherFunctions } from '../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { Flow, FlowTooLarge } from '../../harness/graph/flow/flow.js';
import { countsImages } from '../../harness/graph/shapes/counts-images.js';
import { ShapedGraph } from '../../harness/graph/shapes/shaped-graph.js';
import { sizeCorners, smallestSize } from '../../harness/images/corners.js';
import { imageNumbers } from '../../harness/images/pixels.js';
import { areaOf } from '../../harness/images/size.js';
import { spaceOf } from '../../harness/images/space.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { smallBatch } from './probes.js';

/** Training calls with few images each. */
export function longSequence(small: Batch, length = manyCalls): Step[] {
  return Array.from({ length }, (_, index) => train({ ...small, count: 2 + (index % 2), seed: index }));
}

/** In one training call where images are counted: so that a queue of 65,536 runs over, where images are small. */
const pixelsOfLarge = 300_000;
const mostImages = 512;

/** The shortest first, so that a fault of one call is not searched for in a hundred. */
export function cornersFor(model: SavedModel, contract: Contract): Step[][] {
  const many = countsShortly(model) && !isLarge(smallest(contract)) ? fewCalls : 0;
  const small = smallest(contract);
  const others = sizeCorners(contract)
    .sizes.slice(0, maxSizes)
    .map((size) => smallBatch(contract, size, 1));
  return [
    [train(small)],
    [infer(small), train({ ...small, count: 3 }), infer(small)],
    others.flatMap((batch) => [infer(batch), train(batch)]),
    ...epochsFor(small).map((batches) => batches.map((batch) => train(batch))),
    longSequence(small).map((step, index) =>
      index < many ? { ...step, batch: { ...step.batch, count: manyImages } } : step,
    ),
    ...sizesOfOtherFunctions(model, contract).map((size) => {
      const batch = smallBatch(contract, size, 2);
      return longSequence(batch, isLarge(batch) ? fewOfLarge : manyCalls);
    }),
    ...(countsWholeBatches(model, contract) ? largeBatches(contract, small) : []),
    ...beyond(model, contract),
  ];
}

/** Training with as many images at a time as is quick, of numbers that no buffer is a multiple of. */
function largeBatches({ limits }: Contract, small: Batch): Step[][] {
  const pixels = Math.min(limits.pixelsPerCall, pixelsOfLarge);
  const most = Math.min(mostImages, Math.floor(pixels / areaOf(small)));
  if (most <= 3 * small.count) return [];
  return [
    Array.from({ length: manyCalls }, (_, index) =>
      train({ ...small, count: most - (index % 3), seed: index }),
    ),
  ];
}

/** Beyond the numbers of images and pixels that the graph names, noise or black: a share of such a batch may be more than all. */
function beyond(model: SavedModel, contract: Contract): Step[][] {
  return sizeCornersIn(model, contract, spaceOf(contract, 2))
    .toReversed()
    .slice(0, maxSizes)
    .flatMap((batch) => [[train(batch)], [train({ ...batch, pattern: 'black' })]]);
}

function countsWholeBatches(model: SavedModel, contract: Contract): boolean {
  const endpoint = namedEndpoint(model, contract);
  try {
    return (endpoint ? reachableCalls(endpoint, contract) : []).some(({ concreteFunction, images }) =>
      countsImages(new ShapedGraph(new Flow(model, concreteFunction), images, model)),
    );
  } catch (error) {
    if (error instanceof FlowTooLarge) return true;
    throw error;
  }
}

/** With one setting after the other, then with each alone. */
export function settingCorners(contract: Contract, settings: readonly Arguments[]): Step[][] {
  const small = smallest(contract);
  if (settings.length === 0) return [];
  return [
    [nothingSet, ...settings, nothingSet].flatMap((one) => [train(small, one), infer(small, one)]),
    ...[settings, settings.toReversed()].map((order) =>
      [nothingSet, ...order, nothingSet].flatMap((one) => [
        ...Array.from({ length: callsOfSetting }, () => train(small, one)),
        infer(small, one),
      ]),
    ),
    ...settings.map((setting) => [
      ...Array.from({ length: manyCalls }, (_, index) =>
        train({ ...small, count: 2 + (index % 2), seed: index }, setting),
      ),
      infer(small, setting),
    ]),
  ];
}

/** Before the setting changes: what was kept with one must be valid with the next. */
const callsOfSetting = 12;

function train(batch: Batch, setting = nothingSet): Step {
  return { batch, training: true, setting };
}

function infer(batch: Batch, setting = nothingSet): Step {
  return { batch, training: false, setting };
}

/** Two images of the smallest size. */
export function smallest(contract: Contract): Batch {
  return smallBatch(contract, smallestSize(contract), 2);
}

/** Whether something may be counted in 8 or 16 bits. */
function countsShortly({ variables, functions }: SavedModel): boolean {
  const isShort = (dtype: string) => /^(u?int|b?float)(8|16)$/.test(dtype);
  const nodes = [...functions.values()].flatMap((one) => one.nodes);
  return (
    variables.some(({ dtype }) => isShort(dtype)) ||
    nodes.some(({ op, attributes }) => {
      const to = op === 'Cast' ? attributes.get('DstT') : undefined;
      return to?.kind === 'type' && isShort(to.value);
    })
  );
}

/**
 * Training with images of one kind alone: with black ones, statistics of the batch are 0; with flat ones, they have no
 * spread, and of one colour alone their mean is all there is.
 */
function epochsFor(small: Batch): Batch[][] {
  const [batch, length] = isLarge(small) ? [{ ...small, count: 1 }, 16] : [small, 24];
  const epochs = (['black', 'flat'] as const).map((pattern) =>
    Array.from({ length }, (_, seed) => ({ ...batch, pattern, seed })),
  );
  const oneColor = { ...batch, pattern: 'flat', seed: 2, rows: imageNumbers(batch).map(() => 0) } as const;
  return [...epochs, Array.from({ length: 2.5 * length }, () => oneColor)];
}

/** Whether training takes long with such images. */
function isLarge({ height, width }: Batch): boolean {
  return height * width > 2500;
}

/** In one training call, and how many such calls: 16 bits can count no more than so many rows of pixels. */
const manyImages = 32;
const fewCalls = 70;

/** Training calls in a row of large images that run another function than the smallest do. */
const fewOfLarge = 24;

/** Sizes that one sequence changes between. */
const maxSizes = 4;
