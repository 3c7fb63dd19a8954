import { attribute, intConstant, type Node } from './nodes.js';

/** Channels that the convolution below must give. */
export const emptyConvolutionChannels = 4;

/**
 * A convolution of an empty batch, of which the shape can be fetched. TensorFlow 2.21 with oneDNN gives the shape
 * of its input instead, so that the following operations fail, in every model.
 */
export const emptyConvolution = { fetch: 'assay/empty/shape', nodes: nodes() };

function nodes(): Node[] {
  const float = attribute.type('float32');
  return [
    ...zeros('assay/empty/images', [0, 4, 4, 3]),
    ...zeros('assay/empty/filter', [1, 1, 3, emptyConvolutionChannels]),
    {
      name: 'assay/empty/convolution',
      op: 'Conv2D',
      inputs: ['assay/empty/images', 'assay/empty/filter'],
      attributes: { T: float, strides: attribute.integers([1, 1, 1, 1]), padding: attribute.string('SAME') },
    },
    {
      name: 'assay/empty/shape',
      op: 'Shape',
      inputs: ['assay/empty/convolution'],
      attributes: { T: float, out_type: attribute.type('int32') },
    },
  ];
}

/** Not constants, which the optimiser would compute with. */
function zeros(name: string, shape: readonly number[]): Node[] {
  return [
    intConstant(`${name}/shape`, shape),
    {
      name,
      op: 'RandomUniform',
      inputs: [`${name}/shape`],
      attributes: { T: attribute.type('int32'), dtype: attribute.type('float32') },
    },
  ];
}
