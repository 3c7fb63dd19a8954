import { always, type Check } from '../../harness/check/check.js';
import { leavesOf, outputIndex } from '../../harness/engine/output-index.js';
import { cornersOf } from '../../harness/images/corners.js';

export const dtype: Check = {
  id: 'output/dtype',
  level: 'must',
  demands: 'The output MUST be float32, in the signature and in the tensor.',
  explain: {
    matters:
      "TensorFlow does not mix dtypes: adding float16 or float64 rows to float32 ones raises an error in the user's code, far from the model.",
    decided:
      'The model is called once at the smallest size. Both the dtype that its output signature declares and that of the tensor returned must be float32.',
    fix: "Cast at the very end: `tf.cast(rows, tf.float32)`. With mixed precision in Keras, give the last layer `dtype='float32'`.",
  },
  answersFor: ['wrong-dtype'],
  applies: always,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const [batch] = cornersOf(contract);
    if (!batch) return { status: 'skip', reason: 'The spec allows no batch.' };
    const concreteFunction = subject.concreteFunctionFor(batch);
    const spec = leavesOf(concreteFunction.output)[outputIndex(concreteFunction, contract.endpoint)]?.value;
    const declared = spec?.kind === 'tensor' ? spec.dtype : undefined;
    const { dtype: returned } = await subject.call(batch);
    const wrong = [
      ...(declared !== undefined && declared !== 'float32' ? [`${declared} in the signature`] : []),
      ...(returned === 'float32' ? [] : [`${returned} in the tensor`]),
    ];
    if (wrong.length === 0)
      return { status: 'pass', summary: 'float32 in the signature and in the tensor', cases: 1 };
    const finding = { where: 'output dtype', expected: 'float32', actual: wrong.join(' and '), batch };
    return {
      status: 'fail',
      finding,
      explains: [{ kind: 'wrong-dtype', of: concreteFunction.functionName }],
    };
  },
};
