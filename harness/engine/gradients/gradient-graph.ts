import { create, toBinary } from '@bufbuild/protobuf';
import { GraphDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { Variable } from '../../savedmodel/saved-model.js';
import { lowerArguments } from '../lowering/calls.js';
import { capturesOf } from '../lowering/captures.js';
import { reachableLibrary } from '../lowering/library.js';
import { attribute, encodeNode, type Node } from '../lowering/nodes.js';
import { handleOf, lowerVariables } from '../lowering/variables.js';
import { type Cut, cutsOf } from './cuts.js';
import { type Differentiated, differentiate } from './differentiate.js';
import { encodeFlat, type Reads } from './flat-call.js';
import { originalName } from './original-name.js';
import { reducingConstants } from './reduce-bools.js';
import { type Root, rootsOf, type Wanted } from './roots.js';
import { watchCut } from './watch-cut.js';

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

/** What is kept of a graph once its bytes are written. */
export type GradientFetches = Omit<GradientGraph, 'graphDef'>;

type CutRoot = Root & { readonly cuts: readonly Cut[]; readonly behind: ReadonlySet<Variable> };

/** Writes the graph out; losses without numbers are left out. @throws CannotInline, UnsupportedCapture */
export function gradientGraph(wanted: Wanted): GradientGraph {
  const { model, concreteFunction, losses, variables, prefix } = wanted;
  const captures = capturesOf(model);
  const reads = new Map(variables.map((variable) => [variable, `assay/gradient/read/${variable.nodeId}`]));
  const definition = model.functions.get(concreteFunction.functionName);
  const inputs = definition ? lowerArguments(definition, concreteFunction, prefix) : [];
  const roots = rootsOf(wanted, { inputs, captures, reads }).map(
    (root): CutRoot => ({ ...root, ...cutsOf(root.flat, root.fed, reads) }),
  );
  const parts = roots.map((root) => differentiate(root, reads));
  const segments = roots.flatMap(segmentsOf).map((segment) => differentiate(segment, reads));
  const results = roots.flatMap(({ cuts, base }) =>
    cuts.flatMap((one, at) => watchCut(one, `${base}/cut/${at}`)),
  );
  const held = lowerVariables(model, captures.tables);
  const nodes = [
    ...held.nodes,
    ...reducingConstants,
    ...captures.nodes,
    ...inputs.flatMap((input) => input.nodes),
    ...[...reads].map(([variable, name]) => read(variable, name)),
    ...[...parts, ...segments, ...results].flatMap((part) => part.nodes),
  ];
  const copied = [...captures.copied].flatMap((name) => model.graphNodes.get(name)?.bytes ?? []);
  const flatNodes = roots.flatMap(({ flat }) => flat.nodes.map(encodeFlat));
  const graph = create(GraphDefSchema, {
    node: [...copied, ...nodes.map(encodeNode), ...flatNodes],
    library: reachableLibrary(model, [concreteFunction, ...losses]),
    versions: model.graphVersions,
  });
  return {
    graphDef: toBinary(GraphDefSchema, graph),
    differentiated: parts.map((part) => part.differentiated),
    segments: segments.map((part) => part.differentiated),
    cut: [...new Set(roots.flatMap(({ cuts }) => cuts.map(({ flat }) => flat.node.op)))].sort(),
    cuts: results.map((result) => result.cut),
    behind: new Set(roots.flatMap((root) => [...root.behind])),
    reads,
    reset: held.reset,
  };
}

/** What goes into the operations at which the gradient of a root is cut. */
function segmentsOf({ cuts, base, ...root }: CutRoot): readonly Root[] {
  return cuts.flatMap(({ flat: { node, name }, inputs }, at) =>
    inputs.map(({ reference, dtype }, place) => ({
      ...root,
      what: `what goes into ${node.op} (${originalName(name)})`,
      fed: reference,
      dtype,
      base: `${base}/segment/${at}/${place}`,
    })),
  );
}

function read(variable: Variable, name: string): Node {
  const attributes = { dtype: attribute.type(variable.dtype) };
  return { name, op: 'ReadVariableOp', inputs: [handleOf(variable)], attributes };
}
