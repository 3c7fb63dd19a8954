import type { Attribute, GraphNode, SavedModel } from '../../savedmodel/saved-model.js';
import type { Flow } from '../flow/flow.js';
import type { Operation, Origin, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { carriesGradient, isDifferentiable, mayCarryGradient, takesGradient } from './differentiable.js';
import { refusalOf } from './refusals.js';

/** Where a gradient stops; `before`: the inputs that it does not go on to. */
export type Barrier = {
  readonly operation: Operation;
  readonly why: string;
  readonly before: readonly SymbolicTensor[];
};

export type Reached = {
  /** Node ids of the captured objects that some path free of barriers leads to. */
  readonly captures: ReadonlySet<number>;
  /** In the order of the walk, from the output. */
  readonly barriers: readonly Barrier[];
  /** Why parts of the graph could not be followed. */
  readonly unknown: readonly string[];
};

type CustomGradients = Pick<SavedModel, 'customGradients'>;

/** Follows gradients from an output back to what the concrete function captures. */
export function gradientsFrom(
  flow: Flow,
  output: SymbolicTensor,
  { customGradients }: CustomGradients,
): Reached {
  const captures = new Set<number>();
  const barriers: Barrier[] = [];
  const unknown: string[] = [];
  walkBack(flow, [output], (origin) => {
    if (origin.kind === 'capture') captures.add(origin.nodeId);
    if (origin.kind === 'unknown') unknown.push(origin.why);
    if (origin.kind !== 'result') return [];
    const why = whyStopped(origin, customGradients);
    const { operation } = origin;
    if (why !== undefined) barriers.push({ operation, why, before: flow.inputsOf(operation) });
    if (why !== undefined) return [];
    const carried = carrying(flow, operation);
    const kept = new Set(carried.map(({ reference }) => reference));
    const floats = flow.inputsOf(operation).filter((_, at) => mayCarryGradient(operation.node, at));
    const before = floats.filter(({ reference }) => !kept.has(reference));
    if (before.length > 0) barriers.push({ operation, why: 'it has no gradient for that input', before });
    return carried;
  });
  return { captures, barriers, unknown };
}

type Result = Extract<Origin, { kind: 'result' }>;

/** Why no gradient gets past a result; undefined where one does. */
export function whyStopped(
  { operation: { node }, output }: Result,
  custom: CustomGradients['customGradients'],
): string | undefined {
  const asked = node.attributes.get('_gradient_op_type');
  if (asked?.kind === 'string') {
    return custom.has(asked.value) ? undefined : 'its custom gradient was not saved with the model';
  }
  const refusal = refusalOf(node);
  if (refusal !== undefined) return refusal;
  if (!takesGradient(node.op, output)) return 'it has no gradient';
  const integer = typeAttributes.find((name) => isOther(node.attributes.get(name)));
  return integer === undefined ? undefined : `it gives or takes ${typeText(node.attributes.get(integer))}`;
}

/** A custom gradient decides where gradients go: it is assumed to reach every input. */
function carrying(flow: Flow, operation: Operation): readonly SymbolicTensor[] {
  const inputs = flow.inputsOf(operation);
  if (operation.node.attributes.has('_gradient_op_type'))
    return operation.node.op === 'IdentityN' ? withoutResults(flow, inputs) : inputs;
  return inputs.filter((_, position) => carriesGradient(operation.node, position));
}

/**
 * `tf.custom_gradient` hands on what the function gives, then what it takes. Gradients go to the latter alone, past
 * whatever is inside: a module of JAX, say, which has none.
 */
function withoutResults(flow: Flow, inputs: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) return inputs;
  const results = nodesBehind(flow, first);
  return others.filter((input) => nodesBehind(flow, input).every((node) => !results.includes(node)));
}

function nodesBehind(flow: Flow, tensor: SymbolicTensor): readonly GraphNode[] {
  return flow
    .originsOf(tensor)
    .flatMap((origin) => (origin.kind === 'result' ? [origin.operation.node] : []));
}

/** Attributes that hold the dtype of what is differentiated; others hold those of indices and shapes. */
const typeAttributes = ['T', 'SrcT', 'DstT', 'dtype', 'Tparams'];

function isOther(type: Attribute | undefined): boolean {
  return type?.kind === 'type' && !isDifferentiable(type.value);
}

function typeText(type: Attribute | undefined): string {
  return type?.kind === 'type' ? type.value : 'no type';
}
