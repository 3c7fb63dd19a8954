import type { Check } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { referenceOf } from '../../harness/graph/flow/reference.js';
import { factsOf } from '../../harness/graph/ops/catalogue.js';
import { reachableFunctions } from '../../harness/graph/reachable.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';

export const channelsLast: Check = {
  id: 'layout/channels-last',
  level: 'should',
  demands: 'Convolutions, pooling and normalisation SHOULD keep the channels last (NHWC).',
  explain: {
    matters:
      'Some builds of TensorFlow cannot run channels-first convolutions on a CPU, and converters for phones and browsers mostly expect channels last.',
    decided:
      'Every operation with a `data_format` that the call reaches, in any of its concrete functions, must have the channels last.',
    fix: "Build the layers with `data_format='channels_last'`, the default of Keras; check `image_data_format` in `keras.json` if you did not set it. Kernels keep their shape, so trained weights fit.",
  },
  applies: hasEndpoint,
  kind: 'reading',
  read: (model, contract) => {
    const layers = layersIn(model, namedEndpoint(model, contract)?.concreteFunctions ?? []);
    const wrong = layers.filter(({ layout }) => !last.has(layout));
    const [first] = wrong;
    if (first === undefined)
      return {
        status: 'pass',
        summary: `channels last in all ${layers.length} operations that have a layout`,
      };
    const others = wrong.length > 1 ? `, and ${wrong.length - 1} more of ${layers.length}` : '';
    const actual = `${first.layout} in ${first.node.op} (${first.node.name} in ${first.functionName})${others}`;
    return { status: 'fail', finding: { where: 'data_format', expected: 'NHWC', actual, remedy } };
  },
};

const remedy = 'Build the model with data_format="channels_last" before exporting it.';

type Layer = { readonly node: GraphNode; readonly functionName: string; readonly layout: string };

/** Operations that have a layout, with the one they use. */
function layersIn(
  model: SavedModel,
  concreteFunctions: Parameters<typeof reachableFunctions>[1],
): readonly Layer[] {
  return reachableFunctions(model, concreteFunctions).flatMap(({ name: functionName, nodes }) =>
    nodes.flatMap((node) => {
      const layout = layoutOf(node);
      return layout === undefined || normalisesRows(node, nodes) ? [] : [{ node, functionName, layout }];
    }),
  );
}

/** Without the attribute, TensorFlow's default applies: channels last. */
function layoutOf({ op, attributes }: GraphNode): string | undefined {
  const format = attributes.get('data_format');
  if (format?.kind === 'string') return format.value;
  return factsOf(op)?.layout;
}

/** Keras 2's layer normalisation: a batch norm whose input is reshaped so that each row is a channel. */
function normalisesRows({ op, inputs }: GraphNode, nodes: readonly GraphNode[]): boolean {
  const [normalised] = inputs.map((input) => referenceOf(input));
  if (!op.startsWith('FusedBatchNorm') || normalised?.kind !== 'result') return false;
  return nodes.find(({ name }) => name === normalised.node)?.op === 'Reshape';
}

const last = new Set(['NHWC', 'NDHWC', 'CHANNELS_LAST']);
