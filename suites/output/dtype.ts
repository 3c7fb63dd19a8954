import { always, type Check } from '../../harness/check/check.js';
import { type PromisedCall, promisedCalls } from '../../harness/check/promised-calls.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract } from '../../harness/contract/contract.js';
import { leavesOf, outputIndex } from '../../harness/engine/output-index.js';
import type { ModelCalls } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { Finding } from '../../harness/verdict/run.js';

export const dtype: Check = {
  id: 'output/dtype',
  level: 'must',
  demands: 'The output MUST be float32, in the signature and in the tensor.',
  explain: {
    matters:
      "TensorFlow does not mix dtypes: adding float16 or float64 rows to float32 ones raises an error in the user's code, far from the model.",
    decided:
      'Each concrete function that a call at inference can run is called once, including those for a single size or batch size. Both the dtype that its signature declares and that of the tensor returned must be float32.',
    calls: 'One for each concrete function that inference can run, most of which another check has made.',
    fix: "Cast at the very end: `tf.cast(rows, tf.float32)`. With mixed precision in Keras, give the last layer `dtype='float32'`.",
  },
  answersFor: ['wrong-dtype'],
  applies: always,
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const calls = promisedCalls(subject.model, contract);
    const [smallest] = cornersOf(contract);
    if (calls.length === 0 && smallest) await subject.call(smallest);
    const wrong: WrongDtype[] = [];
    for await (const { result } of unlessExcused(calls, excuses, (call) => wrongIn(subject, contract, call)))
      if (result) wrong.push(result);
    const [first] = wrong;
    if (!first)
      return { status: 'pass', summary: 'float32 in the signature and in the tensor', cases: calls.length };
    const explains = wrong.map(({ functionName: of }) => ({ kind: 'wrong-dtype', of }) as const);
    return { status: 'fail', finding: first.finding, cases: calls.length, explains };
  },
};

type WrongDtype = { readonly finding: Finding; readonly functionName: string };

/** What a call and its signature give that is not float32; undefined where both are. */
async function wrongIn(
  subject: ModelCalls,
  { endpoint }: Contract,
  { batch, args = {}, concreteFunction }: PromisedCall,
): Promise<WrongDtype | undefined> {
  const spec = leavesOf(concreteFunction.output)[outputIndex(concreteFunction, endpoint)]?.value;
  const declared = spec?.kind === 'tensor' ? spec.dtype : 'float32';
  const { dtype: returned } = await subject.call(batch, args);
  const wrong = [
    ...(declared === 'float32' ? [] : [`${declared} in the signature`]),
    ...(returned === 'float32' ? [] : [`${returned} in the tensor`]),
  ];
  if (wrong.length === 0) return undefined;
  const actual = wrong.join(' and ');
  const finding = { where: 'output dtype', expected: 'float32', actual, batch, arguments: args };
  return { finding, functionName: concreteFunction.functionName };
}
