import type { Attribute, Shape } from '../../savedmodel/saved-model.js';
import type { Origin } from './symbolic-tensor.js';

/** The shape that TensorFlow recorded for a value when the model was traced; null where the files have none. */
export function recordedShape({ operation, output, index }: Extract<Origin, { kind: 'result' }>): Shape {
  const shapes = operation.node.attributes.get('_output_shapes');
  return shapes?.kind === 'list' ? shapeIn(shapes.items[(place[output] ?? 0) + index]) : null;
}

function shapeIn(attribute: Attribute | undefined): Shape {
  return attribute?.kind === 'shape' ? attribute.value : null;
}

/** Where an output begins among an operation's tensors, for operations with several named outputs; others begin at 0. */
const place: Readonly<Record<string, number>> = {
  output_true: 1,
  value_index: 1,
  indices: 1,
  argmax: 1,
  counter: 1,
  batch_mean: 1,
  batch_variance: 2,
};
