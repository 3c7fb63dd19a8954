import { create, toBinary } from '@bufbuild/protobuf';
import { GraphDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { ConcreteFunction, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { givenTo, lowerArguments } from '../lowering/calls.js';
import { capturesOf } from '../lowering/captures.js';
import { reachableLibrary } from '../lowering/library.js';
import { attribute, cast, encodeNode, identity, intConstant, type Node } from '../lowering/nodes.js';
import { handleOf, lowerVariables } from '../lowering/variables.js';
import { cutAt, cutsOf, type FlatTensor } from './cuts.js';
import type { Differentiable } from './differentiable.js';
import { encodeFlat, flatCall, type Reads } from './flat-call.js';
import { gradientPath } from './flat-paths.js';
import { CannotInline } from './inline.js';
import { type SingularPoint, watchSingular } from './singular.js';
import { hasNumbers, originalName, watchCut } from './watch-cut.js';

/** A tensor to differentiate, and the tensor that its gradient begins with, both float32. */
export type Differentiated = {
  /** Its name in messages: `the output`, `regularization_losses[2]`. */
  readonly what: string;
  readonly y: string;
  readonly dy: string;
  /** Variables that its gradient reaches. */
  readonly variables: readonly Variable[];
  /** Tensors where its gradient ends, as an operation gives them that has no gradient in the library. */
  readonly ends: readonly FlatTensor[];
  /** Operations on the path of its gradient whose derivative may be infinite. */
  readonly singular: readonly SingularPoint[];
};

/** A call and the losses, written out flat, so that TensorFlow can differentiate them. */
export type GradientGraph = {
  readonly graphDef: Uint8Array;
  /** The output first, then the losses. */
  readonly differentiated: readonly Differentiated[];
  /** What goes into operations that have no gradient in the library, which are differentiated no further. */
  readonly segments: readonly Differentiated[];
  /** Types of such operations. */
  readonly cut: readonly string[];
  /** What such operations give: fetch each for one bool, whether it is finite. */
  readonly cuts: readonly { readonly op: string; readonly name: string; readonly fetch: string }[];
  /** Variables of which a part of the gradient is missing. */
  readonly behind: ReadonlySet<Variable>;
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
  /** Types of operations that the library cannot differentiate. */
  readonly cut: ReadonlySet<string>;
};

/** Writes the graph out; losses without numbers are left out. @throws CannotInline, UnsupportedCapture */
export function gradientGraph({
  model,
  concreteFunction,
  variables,
  losses,
  cut,
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
      cut,
    });
  const call = flat(concreteFunction, inputs, 'assay/flat/call');
  const flatLosses = losses.map((loss, index) => flat(loss, [], `assay/flat/loss/${index}`));
  const parts = [
    differentiate('the output', call, {
      fed: call.outputs[wanted.outputIndex] ?? '',
      dtype,
      reads,
      base: 'assay/gradient/output',
    }),
    ...losses.flatMap((loss, index) => {
      const flatLoss = flatLosses[index];
      const place = {
        fed: flatLoss?.outputs[0] ?? '',
        dtype: dtypeOf(model, loss, 0),
        reads,
        base: `assay/gradient/loss/${index}`,
      };
      return flatLoss && hasNumbers(place.dtype)
        ? [differentiate(`regularization_losses[${index}]`, flatLoss, place)]
        : [];
    }),
  ];
  const cuts = [call, ...flatLosses].map((each, index) =>
    cutsOf(each, each.outputs[index === 0 ? wanted.outputIndex : 0] ?? '', reads),
  );
  const segments = [call, ...flatLosses].flatMap((each, index) =>
    (cuts[index]?.cuts ?? []).flatMap(({ flat: { node, name }, inputs: into }, at) =>
      into.map(({ reference, dtype }, place) =>
        differentiate(`what goes into ${node.op} (${originalName(name)})`, each, {
          fed: reference,
          dtype,
          reads,
          base: `assay/gradient/segment/${index}/${at}/${place}`,
        }),
      ),
    ),
  );
  const results = cuts.flatMap((each, index) =>
    each.cuts.flatMap((one, at) => watchCut(one, `assay/gradient/cut/${index}/${at}`)),
  );
  const held = lowerVariables(model, captures.tables);
  const nodes = [
    ...held.nodes,
    ...captures.nodes,
    ...inputs.flatMap((input) => input.nodes),
    ...[...reads].map(([variable, name]) => read(variable, name)),
    ...[...parts, ...segments].flatMap((part) => part.nodes),
    ...results.flatMap((result) => result.nodes),
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
  return {
    graphDef: toBinary(GraphDefSchema, graph),
    differentiated: parts.map((part) => part.differentiated),
    segments: segments.map((part) => part.differentiated),
    cut: [...new Set(cuts.flatMap((each) => each.cuts.map(({ flat }) => flat.node.op)))].sort(),
    cuts: results.map((result) => result.cut),
    behind: new Set(cuts.flatMap((each) => [...each.behind])),
    reads,
    reset: held.reset,
  };
}

function dtypeOf(model: SavedModel, { functionName }: ConcreteFunction, at: number): string {
  return model.functions.get(functionName)?.outputs[at]?.dtype ?? 'float32';
}

type Place = { readonly fed: string; readonly dtype: string; readonly reads: Reads; readonly base: string };

/** A gradient that begins with ones can cancel, as behind a normalisation: this one begins with random numbers. */
function differentiate(what: string, { nodes, cuts }: Differentiable, { fed, dtype, reads, base }: Place) {
  const [y, dy] = [`${base}/y`, `${base}/dy`];
  const T = attribute.type('float32');
  const int = attribute.type('int32');
  const { operations, variables, ends } = gradientPath(nodes, fed, reads, cuts);
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
  const differentiated: Differentiated = {
    what,
    y,
    dy,
    variables,
    ends: ends.flatMap((flat) => cutAt(flat).outputs),
    singular: watched.points,
  };
  return { nodes: [...start, ...watched.nodes], differentiated };
}

function read(variable: Variable, name: string): Node {
  const attributes = { dtype: attribute.type(variable.dtype) };
  return { name, op: 'ReadVariableOp', inputs: [handleOf(variable)], attributes };
}
