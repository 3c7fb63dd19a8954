import { create, toBinary } from '@bufbuild/protobuf';
import { GraphDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { ConcreteFunction, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { givenTo, lowerArguments } from '../lowering/calls.js';
import { capturesOf } from '../lowering/captures.js';
import { reachableLibrary } from '../lowering/library.js';
import { attribute, cast, encodeNode, identity, intConstant, type Node } from '../lowering/nodes.js';
import { handleOf, lowerVariables } from '../lowering/variables.js';
import { encodeFlat, flatCall, type Reads } from './flat-call.js';
import { gradientPath } from './flat-paths.js';
import { CannotInline, type Inlined } from './inline.js';
import { type SingularPoint, watchSingular } from './singular.js';

/** A tensor to differentiate, and the tensor that its gradient begins with, both float32. */
export type Differentiated = {
  /** Its name in messages: `the output`, `regularization_losses[2]`. */
  readonly what: string;
  readonly y: string;
  readonly dy: string;
  /** Variables that its gradient reaches. */
  readonly variables: readonly Variable[];
  /** Operations on the path of its gradient whose derivative may be infinite. */
  readonly singular: readonly SingularPoint[];
};

/** A call and the losses, written out flat, so that TensorFlow can differentiate them. */
export type GradientGraph = {
  readonly graphDef: Uint8Array;
  /** The output first, then the losses. */
  readonly differentiated: readonly Differentiated[];
  readonly reads: Reads;
  /** Fetch it to restore the variables. */
  readonly reset: string;
};

export type Wanted = {
  readonly model: SavedModel;
  readonly concreteFunction: ConcreteFunction;
  /** Which of its results is the output. */
  readonly outputIndex: number;
  /** Where the lowered model has the call: the placeholders have the same names here. */
  readonly prefix: string;
  readonly losses: readonly ConcreteFunction[];
  /** Floating-point variables to differentiate with respect to. */
  readonly variables: readonly Variable[];
};

/** Writes the graph out; losses without numbers are left out. @throws CannotInline, UnsupportedCapture */
export function gradientGraph({
  model,
  concreteFunction,
  variables,
  losses,
  ...wanted
}: Wanted): GradientGraph {
  const dtype = dtypeOf(model, concreteFunction, wanted.outputIndex);
  if (!hasNumbers(dtype)) throw new CannotInline(`The output is ${dtype}, which has no gradient.`);
  const captures = capturesOf(model);
  const reads = new Map(variables.map((variable) => [variable, `assay/gradient/read/${variable.nodeId}`]));
  const definition = model.functions.get(concreteFunction.functionName);
  const inputs = definition ? lowerArguments(definition, concreteFunction, wanted.prefix) : [];
  const flat = (one: ConcreteFunction, fed: typeof inputs, prefix: string) =>
    flatCall(model, one.functionName, givenTo(fed, one, captures), {
      prefix,
      reads,
    });
  const call = flat(concreteFunction, inputs, 'assay/flat/call');
  const flatLosses = losses.map((loss, index) => flat(loss, [], `assay/flat/loss/${index}`));
  const parts = [
    differentiate('the output', call, {
      at: wanted.outputIndex,
      dtype,
      reads,
      base: 'assay/gradient/output',
    }),
    ...losses.flatMap((loss, index) => {
      const flatLoss = flatLosses[index];
      const place = { at: 0, dtype: dtypeOf(model, loss, 0), reads, base: `assay/gradient/loss/${index}` };
      return flatLoss && hasNumbers(place.dtype)
        ? [differentiate(`regularization_losses[${index}]`, flatLoss, place)]
        : [];
    }),
  ];
  const held = lowerVariables(model, captures.tables);
  const nodes = [
    ...held.nodes,
    ...captures.nodes,
    ...inputs.flatMap((input) => input.nodes),
    ...[...reads].map(([variable, name]) => read(variable, name)),
    ...parts.flatMap((part) => part.nodes),
  ];
  const copied = [...captures.copied].flatMap((name) => model.graphNodes.get(name)?.bytes ?? []);
  const graph = create(GraphDefSchema, {
    node: [
      ...copied,
      ...nodes.map(encodeNode),
      ...[call, ...flatLosses].flatMap((one) => one.nodes.map(encodeFlat)),
    ],
    library: reachableLibrary(model, [concreteFunction, ...losses]),
    versions: model.graphVersions,
  });
  const differentiated = parts.map((part) => part.differentiated);
  return { graphDef: toBinary(GraphDefSchema, graph), differentiated, reads, reset: held.reset };
}

function dtypeOf(model: SavedModel, { functionName }: ConcreteFunction, at: number): string {
  return model.functions.get(functionName)?.outputs[at]?.dtype ?? 'float32';
}

function hasNumbers(dtype: string): boolean {
  return /^(b?float|u?int)\d/.test(dtype);
}

type Place = { readonly at: number; readonly dtype: string; readonly reads: Reads; readonly base: string };

/** A gradient that begins with ones can cancel, as behind a normalisation: this one begins with random numbers. */
function differentiate(what: string, { nodes, outputs }: Inlined, { at, dtype, reads, base }: Place) {
  const fed = outputs[at] ?? '';
  const [y, dy] = [`${base}/y`, `${base}/dy`];
  const T = attribute.type('float32');
  const int = attribute.type('int32');
  const { operations, variables } = gradientPath(nodes, fed, reads);
  const watched = watchSingular(operations, `${base}/singular`);
  const start: Node[] = [
    dtype === 'float32' ? identity(y, fed, dtype) : cast(y, fed, dtype, 'float32'),
    { name: `${dy}/shape`, op: 'Shape', inputs: [y], attributes: { T, out_type: int } },
    intConstant(`${dy}/seed`, [3, 7]),
    {
      name: dy,
      op: 'StatelessRandomNormal',
      inputs: [`${dy}/shape`, `${dy}/seed`],
      attributes: { dtype: T, T: int, Tseed: int },
    },
  ];
  const differentiated: Differentiated = { what, y, dy, variables, singular: watched.points };
  return { nodes: [...start, ...watched.nodes], differentiated };
}

function read(variable: Variable, name: string): Node {
  const attributes = { dtype: attribute.type(variable.dtype) };
  return { name, op: 'ReadVariableOp', inputs: [handleOf(variable)], attributes };
}
