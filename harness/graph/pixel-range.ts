import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import { constantNumbers } from './flow/constant.js';
import { Flow, FlowTooLarge } from './flow/flow.js';
import type { Operation, Origin, SymbolicTensor } from './flow/symbolic-tensor.js';
import { walkBack } from './flow/walk.js';

/** What the first operations on the images say of the range of their pixels. */
export type PixelRange = { readonly range: '[0, 1]' | '[0, 255]' | '[-1, 1]'; readonly because: string };

type Constants = Pick<SavedModel, 'functions' | 'resources' | 'graphNodes'>;

/**
 * Read off how the images, its first tensor, are scaled or centered before anything else: whoever divides by 255 expects bytes, and whoever
 * doubles and subtracts 1 expects values up to 1. Undefined where the images go into something else, or in several ways.
 */
export function pixelRangeOf(model: Constants, concreteFunction: ConcreteFunction): PixelRange | undefined {
  try {
    const uses = usesIn(new Flow(model, concreteFunction), model);
    const [first] = uses;
    return uses.every((one) => one?.range === first?.range) ? first : undefined;
  } catch (error) {
    if (error instanceof FlowTooLarge) return undefined;
    throw error;
  }
}

/** What each operation that takes the values of the images does with them; undefined for one that does not scale them so. */
function usesIn(flow: Flow, model: Constants): (PixelRange | undefined)[] {
  const found: (PixelRange | undefined)[] = [];
  walkBack(flow, flow.outputs, (origin) => {
    if (origin.kind !== 'result') return [];
    const { operation } = origin;
    const inputs = flow.inputsOf(operation);
    const takesValues =
      imagesOf(operation, inputs).length === 0 && !/^(Shape|ShapeN|Rank|Size)$/.test(operation.node.op);
    if (takesValues && inputs.some((input) => isImages(flow, input)))
      found.push(scaleOf(operation, inputs, flow, model));
    return inputs;
  });
  return found;
}

/**
 * Operations whose result has the values of the images: at other places, as augmentation moves them, or of another type. With
 * which of their inputs are images.
 */
function imagesOf({ node: { op } }: Operation, inputs: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
  if (/^Select(V2)?$/.test(op)) return inputs.slice(1);
  return moving.test(op) ? inputs.slice(0, 1) : [];
}

const moving =
  /^(Cast|Identity|Resize\w+|CropAndResize|ImageProjectiveTransformV\d|ReverseV2|Roll|(Strided)?Slice|(Mirror)?Pad(V2)?|Transpose|Reshape|ExpandDims|Squeeze)$/;

function scaleOf(
  { node: { op } }: Operation,
  [one, other]: readonly SymbolicTensor[],
  flow: Flow,
  model: Constants,
): PixelRange | undefined {
  if (!one || !other) return undefined;
  if (/^(Sub|BiasAdd|AddV2|Add)$/.test(op)) {
    const [images, added] = isImages(flow, one) ? [one, other] : [other, one];
    const means = constantNumbers(flow, added, model)?.map((number) => (op === 'Sub' ? number : -number));
    return isImages(flow, images) ? centeredOn(means) : undefined;
  }
  if (!/^(Mul|RealDiv|Div|DivNoNan|Xdivy)$/.test(op)) return undefined;
  const [images, factor] = isImages(flow, one) ? [one, other] : [other, one];
  if (!isImages(flow, images)) return undefined;
  const numbers = constantNumbers(flow, factor, model) ?? [];
  const [scale = Number.NaN] = numbers;
  const by = op === 'Mul' ? scale : 1 / scale;
  if (new Set(numbers).size !== 1) return undefined;
  if ([1 / 255, 1 / 127.5, 1 / 256, 1 / 128].some((each) => Math.abs(by / each - 1) < halfPrecision))
    return {
      range: '[0, 255]',
      because: `the model divides the pixels by ${Math.round(10 / by) / 10} before anything else`,
    };
  if (![2, 127.5, 128, 255, 256].includes(by)) return undefined;
  const multiplies = by === 2 ? 'doubles the pixels' : `multiplies the pixels by ${by}`;
  return { range: '[0, 1]', because: `the model ${multiplies} before anything else` };
}

/** How far a constant of 8 bits, as of bfloat16, may be from the number that was meant. */
const halfPrecision = 2 ** -8;

/** Means of bytes lie near their middle. */
function centeredOn(means: readonly number[] = []): PixelRange | undefined {
  if (means.length === 0 || !means.every((mean) => mean >= 64 && mean <= 192)) return undefined;
  const because = `the model subtracts ${[...new Set(means)].map((mean) => Math.round(mean * 10) / 10).join(', ')} from the pixels before anything else`;
  return { range: '[0, 255]', because };
}

/** Whether a value is the images as they were given: cast, moved, or passed on. */
function isImages(flow: Flow, tensor: SymbolicTensor): boolean {
  const origins = flow.originsOf(tensor);
  const each = (origin: Origin) => {
    if (origin.kind === 'argument') return origin.at === 0;
    if (origin.kind !== 'result') return false;
    const images = imagesOf(origin.operation, flow.inputsOf(origin.operation));
    return images.length > 0 && images.every((image) => isImages(flow, image));
  };
  return origins.length > 0 && origins.every(each);
}
