import type { Check } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { structureText } from '../../harness/check/structure-text.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed } from '../../harness/engine/process/failures.js';
import type { ModelCalls } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { PythonValue } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const oneTensor: Check = {
  id: 'signature/one-tensor',
  level: 'must',
  demands: 'The call MUST return one tensor; it MUST NOT return a dictionary, list or tuple.',
  explain: {
    matters:
      'The next layer, the loss or an argmax takes one tensor. A dictionary or tuple breaks it, even with only one entry.',
    decided:
      'The concrete function that a batch of the smallest size runs declares the structure of the result. Where the spec names a signature, its dictionary must hold a tensor under the declared output.',
    fix: "Return the tensor itself: `return logits`, not `{'logits': logits}` or `[logits]`. Further outputs can be methods or signatures of their own.",
  },
  applies: hasEndpoint,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const [batch] = cornersOf(contract);
    if (!batch) return { status: 'skip', reason: 'The spec allows no batch.' };
    const { output } = subject.concreteFunctionFor(batch);
    if (!single(output, contract)) {
      return {
        status: 'fail',
        finding: { where: 'result', expected: expectedOf(contract), actual: structureText(output), batch },
      };
    }
    return { status: 'pass', summary: `one tensor, ${await returned(subject, batch)}`, cases: 1 };
  },
};

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
