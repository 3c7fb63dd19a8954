import type { TrainingEffect } from '../../harness/contract/contract.js';
import { assignedIn } from '../../harness/graph/assigned.js';
import { FlowTooLarge } from '../../harness/graph/flow/flow.js';
import { factsOf } from '../../harness/graph/ops/catalogue.js';
import { type PixelRange, pixelRangeOf } from '../../harness/graph/pixel-range.js';
import { type Exporter, exporterOf } from '../../harness/savedmodel/exporter.js';
import { argumentsOf, inferenceFirst, isTraining } from '../../harness/savedmodel/inference-first.js';
import { isScores } from '../../harness/savedmodel/is-scores.js';
import type {
  ConcreteFunction,
  Endpoint,
  Parameter,
  PythonValue,
  SavedModel,
  TensorSpec,
} from '../../harness/savedmodel/saved-model.js';
import { lastOperation, operationsOf } from './operations.js';

/** Facts in the files of a model that a spec can state. */
export type SpecFacts = {
  readonly endpoint:
    | { readonly kind: 'method'; readonly name: string }
    | { readonly kind: 'signature'; readonly name: string; readonly output: string };
  readonly images: TensorSpec;
  /** What it takes besides, where it was traced for images of several sizes. */
  readonly otherImages: readonly TensorSpec[];
  /** What the first operations say of the pixels' range; undefined where they do not. */
  readonly pixels: PixelRange | undefined;
  readonly output: TensorSpec;
  /** The result is this one tensor, and not a dict, list or tuple with it. */
  readonly alone: boolean;
  /** The operation that makes the output: `Softmax`, `BiasAdd` … */
  readonly lastOperation: string;
  /** Arguments besides the images. */
  readonly parameters: readonly Parameter[];
  /** The call takes `training`. */
  readonly training: boolean;
  /** Effects of the training flag, inferred from the operations of a training call. */
  readonly effects: readonly TrainingEffect[];
  readonly trainableVariables: number;
  readonly regularizationLosses: number;
};

/** Undefined when no method or signature accepts images. */
export function specFacts(model: SavedModel): SpecFacts | undefined {
  const [found] = candidates(model).flatMap((candidate) => usable(candidate) ?? []);
  if (found === undefined) return undefined;
  const { endpoint, concreteFunction, images, output, kind } = found;
  const { name, spec } = output;
  const others = endpoint.parameters.filter((parameter) => parameter !== endpoint.parameters[0]);
  // Where it was traced for inference alone, Python refuses training=True.
  const training =
    others.some((parameter) => parameter.name === 'training') && endpoint.concreteFunctions.some(isTraining);
  return {
    endpoint: kind === 'method' ? { kind, name: endpoint.name } : { kind, name: endpoint.name, output: name },
    images,
    otherImages: otherSizes(endpoint, images),
    pixels: pixelRangeOf(model, concreteFunction) ?? expectedBy(exporterOf(model)),
    output: spec,
    alone:
      kind === 'signature'
        ? tensorsIn(concreteFunction.output, '').length === 1
        : concreteFunction.output.kind === 'tensor',
    lastOperation: lastOperation(model, concreteFunction.functionName, name),
    parameters: others.filter((parameter) => parameter.name !== 'training'),
    training,
    effects: training ? effectsOf(model, endpoint.concreteFunctions) : [],
    trainableVariables: model.trainableVariables?.length ?? 0,
    regularizationLosses: model.losses?.length ?? 0,
  };
}

type Candidate = { readonly kind: 'method' | 'signature'; readonly endpoint: Endpoint };

/** What is known of the exporter. */
function expectedBy(by: Exporter | undefined): PixelRange | undefined {
  return by?.pixels && { range: by.pixels, because: `written by ${by.name}` };
}

/** `__call__` before all; then `serving_default` and the other signatures, which other programs call; then any other method. */
function candidates({ methods, signatures }: SavedModel): Candidate[] {
  const all = [
    ...[...signatures.values()].map((endpoint): Candidate => ({ kind: 'signature', endpoint })),
    ...[...methods.values()].map((endpoint): Candidate => ({ kind: 'method', endpoint })),
  ];
  return all.sort((one, other) => rank(one) - rank(other));
}

function rank({ endpoint }: Candidate): number {
  const place = ['__call__', 'serving_default'].indexOf(endpoint.name);
  return place === -1 ? 2 : place;
}

type Usable = Candidate & {
  readonly concreteFunction: ConcreteFunction;
  readonly images: TensorSpec;
  readonly output: Output;
};

/** With the first concrete function that takes images and returns tensors, one for inference where there is one. */
function usable(candidate: Candidate): Usable | undefined {
  for (const concreteFunction of inferenceFirst(candidate.endpoint.concreteFunctions)) {
    const images = argumentsOf(concreteFunction).find(takesImages);
    const outputs = tensorsIn(concreteFunction.output, '');
    const output = outputs.find(({ name }) => isScores(name)) ?? outputs[0];
    if (images !== undefined && output !== undefined)
      return { ...candidate, concreteFunction, images, output };
  }
  return undefined;
}

function takesImages(value: PythonValue): value is TensorSpec {
  return (
    value.kind === 'tensor' && value.dtype !== 'string' && (value.shape === null || value.shape.length === 4)
  );
}

function otherSizes({ concreteFunctions }: Endpoint, images: TensorSpec): readonly TensorSpec[] {
  const taken = concreteFunctions.flatMap((one) => argumentsOf(one).find(takesImages) ?? []);
  const bySize = new Map(taken.map((one) => [sizeText(one), one]));
  bySize.delete(sizeText(images));
  return [...bySize.values()];
}

function sizeText({ shape }: TensorSpec): string {
  return (shape ?? [null, null, null]).slice(1, 3).join();
}

type Output = { readonly name: string; readonly spec: TensorSpec };

function tensorsIn(value: PythonValue, name: string): Output[] {
  switch (value.kind) {
    case 'tensor':
      return [{ name: name || value.name, spec: value }];
    case 'list':
    case 'tuple':
      return value.items.flatMap((item) => tensorsIn(item, name));
    case 'dict':
    case 'named-tuple':
      return Object.entries(value.entries).flatMap(([key, item]) => tensorsIn(item, key));
    default:
      return [];
  }
}

function effectsOf(model: SavedModel, concreteFunctions: readonly ConcreteFunction[]): SpecFacts['effects'] {
  const training = concreteFunctions.filter(isTraining);
  const called = training.length === 0 ? concreteFunctions : training;
  const used = called.flatMap(({ functionName }) => operationsOf(model, functionName));
  const normalises = called.some((one) => movesAverages(model, one));
  const draws = used.some((op) => drawing.has(factsOf(op)?.random?.by));
  const untrained = concreteFunctions.filter((one) => !called.includes(one));
  const usual = new Set(untrained.flatMap(({ functionName }) => operationsOf(model, functionName)));
  const augments = draws && used.some((op) => augmenting.test(op) && !usual.has(op));
  return [
    ...(normalises ? (['batch-norm'] as const) : []),
    ...(draws ? (['dropout'] as const) : []),
    ...(augments ? (['augmentation'] as const) : []),
  ];
}

/** Operations that turn, crop or recolor images. */
const augmenting =
  /^(ImageProjectiveTransformV\d|CropAndResize|StatelessSampleDistortedBoundingBox\w*|ReverseV2|Adjust(Contrastv2|Hue|Saturation))$/;

/** Whether a call writes to a variable that holds no whole numbers, as counters and generators of random numbers do. */
function movesAverages(model: SavedModel, concreteFunction: ConcreteFunction): boolean {
  try {
    const assigned = assignedIn(model, concreteFunction);
    return model.variables.some(({ nodeId, dtype }) => assigned.has(nodeId) && /float/.test(dtype));
  } catch (error) {
    if (error instanceof FlowTooLarge) return false;
    throw error;
  }
}

/** What makes an operation random of which the graph shows it. */
const drawing: ReadonlySet<string | undefined> = new Set(['kernel', 'generator', 'seed']);
