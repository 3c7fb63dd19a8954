import type { ConcreteFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { Flow } from '../flow/flow.js';
import type { Origin } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';

/** How a graph ends in its scores. */
export type Ending = {
  /** Types of the operations that give the scores, past those that change no value. */
  readonly last: ReadonlySet<string>;
  /** Types of all operations back to what mixes classes: the last matrix product, convolution or pooling. */
  readonly elementwise: ReadonlySet<string>;
  /** Parts could not be followed. */
  readonly unknown: boolean;
};

/** Walks back from the scores. Throws FlowTooLarge. */
export function endingOf(
  model: Pick<SavedModel, 'functions'>,
  concreteFunction: ConcreteFunction,
  output: number,
): Ending {
  const flow = new Flow(model, concreteFunction);
  const scores = flow.outputs.slice(output, output + 1);
  const last = new Set<string>();
  const elementwise = new Set<string>();
  let unknown = scores.length === 0;
  walkBack(flow, scores, (origin) => {
    const op = opOf(origin);
    if (op !== undefined && !passing.has(op)) last.add(op);
    return origin.kind === 'result' && passing.has(origin.operation.node.op)
      ? flow.inputsOf(origin.operation)
      : [];
  });
  walkBack(flow, scores, (origin) => {
    unknown ||= origin.kind === 'unknown';
    if (origin.kind !== 'result') return [];
    const { op } = origin.operation.node;
    const alone = passing.has(op) || byElement.has(op);
    if (alone) elementwise.add(op);
    return alone ? flow.inputsOf(origin.operation) : [];
  });
  return { last, elementwise, unknown };
}

function opOf(origin: Origin): string | undefined {
  return origin.kind === 'result' ? origin.operation.node.op : undefined;
}

/** They hand values on as they are. */
const passing: ReadonlySet<string> = new Set(
  `Identity IdentityN Reshape Squeeze ExpandDims EnsureShape Cast Snapshot StopGradient PreventGradient
  CheckNumerics CheckNumericsV2 Transpose`.match(/\w+/g),
);

/** They compute a score from what belongs to the same class; softmax is among them, being looked for. */
const byElement: ReadonlySet<string> = new Set(
  `Abs Add AddN AddV2 Atan BiasAdd ClipByValue ConcatV2 Div DivNoNan Elu Erf Exp Expm1 Inv LeakyRelu Log Log1p LogSoftmax
  Maximum Minimum Mul Neg Pack Pow RealDiv Reciprocal Relu Relu6 Rsqrt Select SelectV2 Selu Sigmoid Softmax Softplus
  Softsign Sqrt Square StridedSlice Sub Tanh Xdivy`.match(/\w+/g),
);
