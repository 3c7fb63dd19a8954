import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { GraphDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { Variable } from '../../savedmodel/saved-model.js';
import { servable } from '../lowering/encode.js';
import { attribute, encodeNode, floatConstant, identity, type Node } from '../lowering/nodes.js';
import { handleOf } from '../lowering/variables.js';
import type { Differentiated } from './differentiate.js';
import type { GradientGraph } from './gradient-graph.js';
import { allFinite, anyNonzero, packBools, reduceBools } from './reduce-bools.js';

/** The sum of the gradients of some tensors with respect to each variable that it reaches: the tensor that holds it. */
export type AddedGradients = {
  readonly through: readonly Differentiated[];
  readonly gradients: ReadonlyMap<Variable, string>;
  /** The same of the tensors where a gradient ends, with the dtype of each. */
  readonly atEnds: readonly { readonly gradient: string; readonly dtype: string }[];
};

/** A SavedModel that computes gradients, and what to fetch of it. */
export type GradientModel = {
  readonly savedModel: Uint8Array;
  readonly reset: string;
  /** Fetch it for one bool: is the output finite? */
  readonly outputFinite: string;
  /** For each that was differentiated: one bool per variable of `of`, is its gradient finite, and is any of it not 0? */
  readonly finite: readonly {
    /** Of what goes into an operation that has no gradient in the library. */
    readonly ofSegments: boolean;
    readonly fetch: string;
    readonly fetchNonzero: string;
    readonly what: string;
    readonly of: readonly Variable[];
    /** Fetch it for one bool: are the gradients finite where they end? */
    readonly fetchEnds?: string;
  }[];
  /** Fetch it to take one step against the gradient of the output; undefined where there is none. */
  readonly step?: string;
};

/** Size of the step for each weight: Adam's first step at its default rate. */
export const stepSize = 1e-3;

/** Adds nodes to a differentiated graph that test its gradients, and a step. */
export function gradientModel(
  graphDef: Uint8Array,
  { reset, reads, differentiated, segments }: GradientGraph,
  added: readonly AddedGradients[],
): GradientModel {
  const [output] = differentiated;
  const finite = added.map((one, index) => ({
    ...finiteness(one, `assay/gradient/finite/${index}`),
    ofSegments: one.through.some((part) => segments.includes(part)),
  }));
  const first = added.find(({ through }) => output !== undefined && through.includes(output));
  const step = first === undefined ? [] : stepAlong(first.gradients, [...reads.values(), output?.y ?? '']);
  const outputFinite = allFinite('assay/gradient/output-finite', output?.y ?? '', 'float32');
  const nodes = [...finite.flatMap((one) => one.nodes), ...step, ...outputFinite].map(encodeNode);
  const graph = fromBinary(GraphDefSchema, graphDef);
  const whole = create(GraphDefSchema, { ...graph, node: [...graph.node, ...nodes] });
  const last = step.at(-1)?.name;
  return {
    savedModel: servable(toBinary(GraphDefSchema, whole)),
    reset,
    outputFinite: 'assay/gradient/output-finite',
    finite: finite.map(({ nodes: _, ...one }) => one),
    ...(last === undefined ? {} : { step: last }),
  };
}

function finiteness({ through, gradients, atEnds }: AddedGradients, fetch: string) {
  const fetchNonzero = `${fetch}/nonzero`;
  const of = [...gradients.keys()];
  const tests = [...gradients].flatMap(([{ nodeId, dtype }, gradient]) => [
    ...allFinite(`${fetch}/${nodeId}`, gradient, dtype),
    ...anyNonzero(`${fetchNonzero}/${nodeId}`, gradient, dtype),
  ]);
  const packs = [fetch, fetchNonzero].map((name) =>
    packBools(
      name,
      of.map(({ nodeId }) => `${name}/${nodeId}`),
    ),
  );
  const what = [...new Set(through.map((one) => one.what))].join(', ');
  const ends = endsFinite(atEnds, `${fetch}/ends`);
  const nodes = [...(of.length > 0 ? [...tests, ...packs] : []), ...ends];
  return { nodes, fetch, fetchNonzero, what, of, ...(ends.length > 0 && { fetchEnds: `${fetch}/ends` }) };
}

function endsFinite(ends: AddedGradients['atEnds'], name: string): Node[] {
  if (ends.length === 0) return [];
  const each = ends.map((_, index) => `${name}/each/${index}`);
  return [
    ...ends.flatMap(({ gradient, dtype }, index) => finiteOrComplex(each[index] ?? '', gradient, dtype)),
    packBools(`${name}/pack`, each),
    ...reduceBools(name, 'All', `${name}/pack`),
  ];
}

/** A complex number is finite if its absolute value is. */
function finiteOrComplex(name: string, gradient: string, dtype: string): Node[] {
  if (!dtype.startsWith('complex')) return allFinite(name, gradient, dtype);
  const real = dtype === 'complex64' ? 'float32' : 'float64';
  const attributes = { T: attribute.type(dtype), Tout: attribute.type(real) };
  const size: Node = { name: `${name}/abs`, op: 'ComplexAbs', inputs: [gradient], attributes };
  return [size, ...allFinite(name, size.name, real)];
}

/**
 * v − 0.001 · g / (|g| + 1e-7): what Adam does first (Kingma and Ba 2015, algorithm 1 at t = 1); taken after these
 * tensors, which so show the weights before the step.
 */
function stepAlong(gradients: AddedGradients['gradients'], after: readonly string[]): Node[] {
  const stepped = [...gradients].filter(([variable]) => variable.dtype === 'float32');
  if (stepped.length === 0) return [];
  const size = {
    ...floatConstant(`${stepName}/size`, stepSize),
    inputs: after.map((tensor) => `^${tensor.split(':')[0]}`),
  };
  const epsilon = floatConstant(`${stepName}/epsilon`, 1e-7);
  const nodes = [size, epsilon, ...stepped.flatMap(([variable, gradient]) => assignment(variable, gradient))];
  const steps = stepped.map(([variable]) => `${stepName}/${variable.nodeId}/step`);
  return [...nodes, identity(stepName, 'assay/ready', 'int32', steps)];
}

const stepName = 'assay/gradient/step';

function assignment(variable: Variable, gradient: string): Node[] {
  const base = `${stepName}/${variable.nodeId}`;
  const T = attribute.type('float32');
  const node = (name: string, op: string, ...inputs: string[]): Node => ({
    name: `${base}/${name}`,
    op,
    inputs,
    attributes: { T },
  });
  return [
    node('abs', 'Abs', gradient),
    node('scale', 'AddV2', `${base}/abs`, `${stepName}/epsilon`),
    node('direction', 'RealDiv', gradient, `${base}/scale`),
    node('step', 'ResourceApplyGradientDescent', handleOf(variable), `${stepName}/size`, `${base}/direction`),
  ];
}
