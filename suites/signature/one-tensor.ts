import type { Check, Failure } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { promisedCalls } from '../../harness/check/promised-calls.js';
import { structureText } from '../../harness/check/structure-text.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed } from '../../harness/engine/process/failures.js';
import type { ModelCalls } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { PythonValue, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const oneTensor: Check = {
  id: 'signature/one-tensor',
  level: 'must',
  demands: 'The call MUST return one tensor; it MUST NOT return a dictionary, list or tuple.',
  explain: {
    matters:
      'The next layer, the loss or an argmax takes one tensor. A dictionary or tuple breaks it, even with only one entry.',
    decided:
      'The structure of the result is read from each concrete function that a call at inference can run, including those for a single size or batch size. Where the spec names a signature, its dictionary must hold a tensor under the declared output.',
    calls: 'One: what the others return is read from their concrete functions.',
    fix: "Return the tensor itself: `return logits`, not `{'logits': logits}` or `[logits]`. Further outputs can be methods or signatures of their own.",
  },
  answersFor: ['wrong-structure'],
  applies: hasEndpoint,
  fromFiles: severalOrNone,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const [batch] = cornersOf(contract);
    if (!batch) return { status: 'skip', reason: 'The spec allows no batch.' };
    return { status: 'pass', summary: `one tensor, ${await returned(subject, batch)}`, cases: 1 };
  },
};

/** What the concrete functions declare that calls at inference run. */
function severalOrNone(model: SavedModel, contract: Contract): Failure | undefined {
  const broken = promisedCalls(model, contract).filter(
    ({ concreteFunction }) => !single(concreteFunction.output, contract),
  );
  const [first] = broken;
  if (!first) return undefined;
  const { batch, args = {}, concreteFunction } = first;
  const actual = structureText(concreteFunction.output);
  const explains = broken.map(
    ({ concreteFunction: { functionName: of } }) => ({ kind: 'wrong-structure', of }) as const,
  );
  return {
    status: 'fail',
    finding: { where: 'result', expected: expectedOf(contract), actual, batch, arguments: args },
    explains,
  };
}

function single(output: PythonValue, { endpoint }: Contract): boolean {
  if (endpoint.kind === 'method') return output.kind === 'tensor';
  return output.kind === 'dict' && output.entries[endpoint.output]?.kind === 'tensor';
}

function expectedOf({ endpoint }: Contract): string {
  return endpoint.kind === 'method' ? 'one tensor' : `a tensor named ${endpoint.output}`;
}

/** What a call returns; the input checks cover whether it runs. */
async function returned(subject: ModelCalls, batch: Batch): Promise<string> {
  try {
    const { dtype, shape } = await subject.call(batch);
    return `here ${dtype} [${shape.join(', ')}]`;
  } catch (error) {
    if (error instanceof CallFailed) return 'by its signature';
    throw error;
  }
}
