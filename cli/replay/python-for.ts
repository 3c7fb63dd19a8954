import { valuesOf } from '../../harness/check/settings/declared.js';
import type { Contract } from '../../harness/contract/contract.js';
import { smallestSize } from '../../harness/images/corners.js';
import type { Run } from '../../harness/verdict/run.js';
import type { PythonCase } from '../../reports/python/case.js';
import { python } from '../../reports/python.js';
import { visible } from '../../reports/wording/visible.js';
import { type Failure, NothingToReplay } from './chosen.js';
import { storedContract } from './stored-contract.js';

/** A script for Python that shows a stored failure. @throws NothingToReplay where several are meant, or none can be shown */
export async function pythonFor(run: Run, failures: readonly Failure[], file: string): Promise<string> {
  const [failure, another] = failures;
  if (!failure) return '';
  if (another) {
    const commands = failures.map(({ check }) => visible(check.finding?.replay ?? check.id));
    throw new NothingToReplay(
      '--python shows one failure; say which with --model and --check.',
      commands.join('\n'),
    );
  }
  if (failure.check.staleWaiver)
    throw new NothingToReplay('That failure is of a waiver in the spec; no script shows it.');
  const contract = await storedContract(run, file, failure.model);
  const script = python(caseOf(failure, contract));
  if (script.kind === 'script') return script.text;
  throw new NothingToReplay(`No script shows a failure of ${failure.check.id}. ${script.why}`);
}

function caseOf({ model, check }: Failure, contract: Contract): PythonCase {
  const { imageSize, fineTuning, hyperparameters, endpoint, colorRange, outputSize } = contract;
  const losses = fineTuning?.regularizationLosses;
  const smallest = smallestSize(contract);
  return {
    model: model.name,
    check,
    source: sourceOf(contract),
    endpoint,
    colors: colorRange,
    columns: outputSize,
    smallest: [smallest.height, smallest.width],
    largest: [imageSize.height.max, imageSize.width.max],
    fineTuned: fineTuning !== undefined,
    trainingArgument: fineTuning?.trainingArgument ?? false,
    ...(typeof losses === 'number' ? { losses } : {}),
    hyperparameters: hyperparameters.map((one) => ({ ...one, values: valuesOf(one) })),
  };
}

function sourceOf({ model }: Contract): PythonCase['source'] {
  return model.kind === 'url' ? { kind: 'url', at: model.url } : { kind: model.kind, at: model.path };
}
