import { attribute, cast, floatConstant, intConstant, type Node } from './nodes.js';
import { pictureNames } from './picture-names.js';

/**
 * An image file as `tf.io.decode_image(file, channels=3, expand_animations=False)` decodes it, then
 * `tf.image.convert_image_dtype(image, tf.float32)`, then `tf.image.resize(image, size)`, which leaves alone what has
 * that size already.
 */
export function lowerPictures(): Node[] {
  const { file, size, ownShape, pixels } = pictureNames;
  return [
    placeholder(file, 'string', []),
    {
      name: `${base}/decoded`,
      op: 'DecodeImage',
      inputs: [file],
      attributes: {
        channels: attribute.int(3),
        dtype: attribute.type('uint8'),
        expand_animations: attribute.bool(false),
      },
    },
    {
      name: ownShape,
      op: 'Shape',
      inputs: [`${base}/decoded`],
      attributes: { T: attribute.type('uint8'), out_type: attribute.type('int32') },
    },
    ...scaled(),
    placeholder(size, 'int32', [2]),
    {
      name: pixels,
      op: 'ResizeBilinear',
      inputs: [`${base}/batch`, size],
      attributes: { T: attribute.type('float32'), half_pixel_centers: attribute.bool(true) },
    },
  ];
}

const base = 'assay/picture';

/** A batch of the decoded image, its values in [0, 1]. */
function scaled(): Node[] {
  const T = attribute.type('float32');
  return [
    cast(`${base}/float`, `${base}/decoded`, 'uint8', 'float32'),
    floatConstant(`${base}/scale`, 1 / 255),
    { name: `${base}/unit`, op: 'Mul', inputs: [`${base}/float`, `${base}/scale`], attributes: { T } },
    intConstant(`${base}/axis`, 0),
    {
      name: `${base}/batch`,
      op: 'ExpandDims',
      inputs: [`${base}/unit`, `${base}/axis`],
      attributes: { T, Tdim: attribute.type('int32') },
    },
  ];
}

function placeholder(name: string, dtype: string, shape: readonly number[]): Node {
  return {
    name,
    op: 'Placeholder',
    attributes: { dtype: attribute.type(dtype), shape: attribute.shape(shape) },
  };
}
