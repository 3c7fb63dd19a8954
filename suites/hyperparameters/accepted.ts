import type { Explained } from '../../harness/check/cause.js';
import type { Check, Excuses, Failure } from '../../harness/check/check.js';
import { type BrokenPromise, brokenPromise } from '../../harness/check/output-promise.js';
import { refusalOf } from '../../harness/check/refused-call.js';
import { batchFor, declaresHyperparameters } from '../../harness/check/settings/declared.js';
import { settingsTogether, valuesToTry } from '../../harness/check/settings/values.js';
import { LeftOut } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused } from '../../harness/engine/process/failures.js';
import type { Arguments, Call, Subject } from '../../harness/engine/subject.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
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
  answersFor: ['hyperparameter-refused', 'hyperparameter-failed'],
  applies: declaresHyperparameters,
  fromFiles: refused,
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const batch = batchFor(contract);
    await subject.call(batch);
    const settings = await workingSettings(subject, contract, batch, excuses);
    const calls = argumentsToTry(contract, seed).flatMap((given) =>
      settings.map(({ args, usual }) => ({ batch, args: { ...args, ...given }, usual })),
    );
    await subject.expect(calls);
    for (const [index, { args, usual }] of calls.entries()) {
      const broken = await brokenBy(subject, contract, { batch, args });
      if (!broken || (usual && isAs(usual, broken))) continue;
      const { expected, actual } = broken;
      const where = `${broken.of === 'form' ? 'result' : broken.of} with ${argumentsInWords(args)}`;
      return {
        status: 'fail',
        finding: { where, expected, actual, batch, arguments: args },
        cases: index + 1,
        explains: broken.of === 'call' ? [failedIn(subject, { batch, args })] : [],
      };
    }
    return { status: 'pass', summary: summaryOf(contract, seed), cases: calls.length };
  },
};

/** A value that no concrete function accepts, though one accepts the other arguments. */
function refused(model: SavedModel, contract: Contract, seed: number): Failure | undefined {
  const batch = batchFor(contract);
  const calls = argumentsToTry(contract, seed).flatMap((given) =>
    flagsOf(contract).map((flags): Call => ({ batch, args: { ...flags, ...given } })),
  );
  const refusals = calls.flatMap((call) => {
    const refusal = refusalOf(model, contract, call);
    return refusal?.kind === 'hyperparameter-refused' ? [{ call, refusal }] : [];
  });
  const [first] = refusals;
  if (!first) return undefined;
  const { args = {} } = first.call;
  const where = `call with ${argumentsInWords(args)}`;
  const finding = { where, expected: 'an output', actual: first.refusal.message, batch, arguments: args };
  return { status: 'fail', finding, explains: refusals.map(({ refusal }) => refusal) };
}

/** How a call breaks a promise; `call`: it fails. */
type Broken =
  | BrokenPromise
  | BrokenAtInference
  | (Omit<BrokenPromise, 'of'> & { readonly of: 'call'; readonly error: CallRefused | CallFailed });

/** Arguments that work without hyperparameters; `usual`: what is wrong even so, which another check has reported. */
type Setting = { readonly args: Arguments; readonly usual: Broken | undefined };

function flagsOf({ fineTuning }: Contract): readonly Arguments[] {
  return fineTuning?.trainingArgument ? [{}, { training: false }, { training: true }] : [{}];
}

/** @throws CallRefused, CallFailed where one does not work, and no other check has reported it */
async function workingSettings(
  subject: Subject,
  contract: Contract,
  batch: Call['batch'],
  excuses: Excuses,
): Promise<Setting[]> {
  const settings: Setting[] = [];
  for (const args of flagsOf(contract)) {
    const call = { batch, args };
    const broken = await brokenBy(subject, contract, call);
    const reported = broken !== undefined && (await isReported(broken, subject, call, excuses));
    if (broken?.of !== 'call') settings.push({ args, usual: reported ? broken : undefined });
    else if (!reported) throw broken.error;
  }
  return settings;
}

async function isReported(
  broken: Broken,
  subject: Subject,
  { batch, args }: Call,
  { answering }: Excuses,
): Promise<boolean> {
  if (broken.of === 'call') return (await answering(broken.error)) !== undefined;
  const { functionName: of } = subject.concreteFunctionFor(batch, args);
  for (const kind of kinds[broken.of])
    if ((await answering(new LeftOut({ kind, of, text: '' }))) !== undefined) return true;
  return false;
}

const kinds = {
  form: ['wrong-structure', 'wrong-dtype', 'wrong-shape'],
  values: ['not-finite'],
  rows: ['dependent-rows'],
  variables: ['changed-variables'],
} as const;

/** Whether a fault is the same with a hyperparameter as without. */
function isAs(usual: Broken, broken: Broken): boolean {
  return usual.of === broken.of && (usual.of !== 'form' || usual.actual === broken.actual);
}

function failedIn(subject: Subject, { batch, args }: Call): Explained {
  return { kind: 'hyperparameter-failed', of: subject.concreteFunctionFor(batch, args).functionName };
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
    return { of: 'call', expected: 'an output', actual: error.message, error };
  }
}

function summaryOf({ hyperparameters }: Contract, seed: number): string {
  const taken = hyperparameters.map((one) => `${one.name}: accepted at ${valuesToTry(one, seed).join(', ')}`);
  const together = hyperparameters.length > 1 ? ['all together at their defaults, minima and maxima'] : [];
  return [...taken, ...together].join('; ');
}
