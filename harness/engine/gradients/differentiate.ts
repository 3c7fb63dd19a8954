import type { Variable } from '../../savedmodel/saved-model.js';
import { attribute, cast, identity, intConstant, type Node } from '../lowering/nodes.js';
import { cutAt, type FlatTensor } from './cuts.js';
import type { Reads } from './flat-call.js';
import { gradientPath } from './flat-paths.js';
import type { Root } from './roots.js';
import { type SingularPoint, watchSingular } from './singular.js';

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

/** A gradient that begins with ones can cancel, as behind a normalisation: this one begins with random numbers. */
export function differentiate({ what, flat, fed, dtype, base }: Root, reads: Reads) {
  const [y, dy] = [`${base}/y`, `${base}/dy`];
  const T = attribute.type('float32');
  const int = attribute.type('int32');
  const { operations, variables, ends } = gradientPath(flat.nodes, [fed], reads, flat.cuts);
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
