import type { Check } from '../../harness/check/check.js';
import { type BrokenPromise, brokenPromise } from '../../harness/check/output-promise.js';
import { batchFor, declaresHyperparameters } from '../../harness/check/settings/declared.js';
import { settingsTogether, valuesToTry } from '../../harness/check/settings/values.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused } from '../../harness/engine/process/failures.js';
import type { Arguments, Call, Subject } from '../../harness/engine/subject.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { type BrokenAtInference, brokenAtInference } from './at-inference.js';

export const accepted: Check = {
  id: 'hyperparameters/accepted',
  level: 'must',
  demands:
    'The call MUST accept each declared hyperparameter throughout its range, alone and with the others, and MUST still return one finite float32 tensor, at inference with independent rows and unchanged variables.',
  explain: {
    matters:
      'Users set it by name: `hub.KerasLayer(path, arguments=dict(dropout_rate=0.3))`, which passes it in training and at inference alike. If no concrete function accepts the value, the layer stops with an error.',
    decided:
      'Six images are called with the smallest, the largest and the default value that the spec declares, and with a few in between, two of them drawn from the seed. A bool takes both values. Then all hyperparameters are set at once: to their defaults, their minima and their maxima. Each call is made without `training` and, where the spec declares it, with False and True. Without `training=True`, no variable may change. Three of the images, called again in other positions without the rest, must get the same rows ± 1 % of the largest value; this does not apply to bools that are True or to random outputs. Faults that occur without the hyperparameter, too, are left to other checks.',
    fix: 'Give `__call__` an argument of exactly that name, and trace it as a tensor for both values of `training`: `get_concrete_function(images, training=training, dropout_rate=tf.TensorSpec([], tf.float32))`. A concrete function traced with a Python number accepts only that number. Trace combinations of hyperparameters, too. If some values make no sense, narrow the range in the spec.',
  },
  promisedBy: ['hyperparameters'],
  applies: declaresHyperparameters,
  kind: 'measurement',
  measure: async (subject, contract, seed) => {
    const batch = batchFor(contract);
    await subject.call(batch);
    const settings = await workingSettings(subject, contract, batch);
    const calls = argumentsToTry(contract, seed).flatMap((values) =>
      settings.map(({ args, broken }) => ({ batch, args: { ...args, ...values }, usual: broken })),
    );
    await subject.expect(calls);
    for (const [index, { args, usual }] of calls.entries()) {
      const broken = await brokenBy(subject, contract, { batch, args });
      if (!broken || broken.of === usual) continue;
      const { expected, actual } = broken;
      const where = `${broken.of === 'form' ? 'result' : broken.of} with ${argumentsInWords(args)}`;
      return {
        status: 'fail',
        finding: { where, expected, actual, batch, arguments: args },
        cases: index + 1,
      };
    }
    return { status: 'pass', summary: summaryOf(contract, seed), cases: calls.length };
  },
};

/** How a call breaks a promise; `call`: it fails. */
type Broken = Omit<BrokenPromise, 'of'> & {
  readonly of: 'call' | BrokenPromise['of'] | BrokenAtInference['of'];
};

/** Arguments that work without hyperparameters; `broken`: what is wrong even so, which other checks report. */
type Setting = { readonly args: Arguments; readonly broken: Broken['of'] | undefined };

async function workingSettings(
  subject: Subject,
  contract: Contract,
  batch: Call['batch'],
): Promise<Setting[]> {
  const flags: Arguments[] = contract.fineTuning?.trainingArgument
    ? [{}, { training: false }, { training: true }]
    : [{}];
  const settings: Setting[] = [];
  for (const args of flags) {
    settings.push({ args, broken: (await brokenBy(subject, contract, { batch, args }))?.of });
  }
  return settings.filter(({ broken }) => broken !== 'call');
}

function argumentsToTry({ hyperparameters }: Contract, seed: number): Arguments[] {
  const alone = hyperparameters.flatMap((one) =>
    valuesToTry(one, seed).map((value) => ({ [one.name]: value })),
  );
  return [...alone, ...settingsTogether(hyperparameters)];
}

async function brokenBy(subject: Subject, contract: Contract, call: Call): Promise<Broken | undefined> {
  try {
    return (await brokenPromise(subject, contract, call)) ?? (await brokenAtInference(subject, call));
  } catch (error) {
    if (!(error instanceof CallRefused || error instanceof CallFailed)) throw error;
    return { of: 'call', expected: 'an output', actual: error.message };
  }
}

function summaryOf({ hyperparameters }: Contract, seed: number): string {
  const taken = hyperparameters.map((one) => `${one.name}: accepted at ${valuesToTry(one, seed).join(', ')}`);
  const together = hyperparameters.length > 1 ? ['all together at their defaults, minima and maxima'] : [];
  return [...taken, ...together].join('; ');
}
