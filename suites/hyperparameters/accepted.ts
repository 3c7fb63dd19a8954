import type { Check, Excuses, Failure } from '../../harness/check/check.js';
import { functionCorners } from '../../harness/check/function-corners.js';
import { batchFor, declaresHyperparameters, mostTried } from '../../harness/check/settings/declared.js';
import { sizeCornersIn } from '../../harness/check/size-corners.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallRefused } from '../../harness/engine/process/failures.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import { spaceOf } from '../../harness/images/space.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { plural } from '../../harness/verdict/plural.js';
import { type Broken, brokenBy, isReported } from './broken.js';
import { refused } from './refused.js';
import type { Trial } from './trial.js';
import { callsOf, trialsFor } from './trials.js';

/** Share of the time after which nothing further is tried. */
const timeShare = 0.6;

/** Batches that the graph brings in, of which each is tried with several settings. */
const mostBeyond = 4;

export const accepted: Check = {
  id: 'hyperparameters/accepted',
  level: 'must',
  demands:
    'The call MUST accept each declared hyperparameter throughout its range, alone and with the others, and MUST still return one finite float32 tensor, at inference with independent, repeatable rows and unchanged variables.',
  explain: {
    matters:
      'Users set it by name: `hub.KerasLayer(path, arguments=dict(dropout_rate=0.3))`, which passes it in training and at inference alike. If no concrete function accepts the value, the layer stops with an error. If a dropout rate acts at inference, answers are random.',
    decided:
      'Six images are called with bools of both kinds, all whole numbers of a range of up to 64 and, of other ranges, both ends, the default, their neighbours and values drawn from the seed. All hyperparameters are set at once, in pairs to their ends, and up to six together in each combination of ends. Bools and short ranges of whole numbers are set to all combinations of their values, if there are no more than 64. Each whole number up to 64 is also tried with sizes that it does not divide. The ends, a value in between and all together are tried in batches of 1 to 100 images, at wide, tall, odd and the largest sizes, and beyond the numbers that the graph names. Each call is made without `training` and, where the spec declares it, with False and True. Without `training=True`, no variable may change and the same call must give the same rows. Beside other images, in other positions and among another number of images, rows must agree within the bounds of `batching/rows-independent`. Random rows are allowed, and told in the result, where a hyperparameter is declared to affect inference. Faults that occur without the hyperparameter, too, are left to other checks.',
    calls:
      'Up to about 80 settings, each without `training`, with False and with True: hyperparameters fail at their ends, in pairs and beside `training`, so each of these is a call of its own. Many images and uncommon sizes are tried at a few settings only.',
    fix: 'Give `__call__` an argument of exactly that name, and trace it as a tensor for both values of `training`: `get_concrete_function(images, training=training, dropout_rate=tf.TensorSpec([], tf.float32))`. A concrete function traced with a Python number accepts only that number. Trace combinations of hyperparameters, too. Let a dropout rate act only `if training:`. If some values make no sense, narrow the range in the spec.',
  },
  promisedBy: ['hyperparameters'],
  answersFor: ['hyperparameter-refused', 'hyperparameter-failed'],
  applies: declaresHyperparameters,
  fromFiles: refused,
  comparisons: 'unrecorded',
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const until = performance.now() + contract.limits.deadlineMs * timeShare;
    const usual = batchFor(contract);
    await subject.call(usual);
    const space = spaceOf(contract, 2);
    const beyond = [
      ...functionCorners(subject.endpoint, space).slice(0, mostBeyond),
      ...sizeCornersIn(subject.model, contract, space, mostTried).slice(-mostBeyond),
    ];
    const { always, further } = trialsFor(contract, seed, beyond);
    const trials = [...always, ...further];
    await subject.expect(
      trials.flatMap((trial) => callsOf(contract, trial)),
      { ahead: true },
    );
    const random = new Set<string>();
    let cases = 0;
    for (const trial of trials) {
      if (cases >= always.length && performance.now() > until) break;
      cases += 1;
      const found = await judge(subject, contract, trial, excuses);
      if (found?.kind === 'broken') {
        const simpler = await judge(subject, contract, { ...trial, batch: usual }, excuses);
        const { failure } = simpler?.kind === 'broken' ? simpler : found;
        return { ...failure, cases };
      }
      if (found) random.add(found.with);
    }
    const summary = [summaryOf(contract, trials.slice(0, cases), trials.length), ...randomText(random)].join(
      '; ',
    );
    return { status: 'pass', summary, cases };
  },
};

type Found =
  | { readonly kind: 'broken'; readonly failure: Failure }
  | { readonly kind: 'random'; readonly with: string };

async function judge(
  subject: Subject,
  contract: Contract,
  trial: Trial,
  excuses: Excuses,
): Promise<Found | undefined> {
  let random: Found | undefined;
  for (const call of differentCalls(subject, callsOf(contract, trial))) {
    const broken = await brokenBy(subject, contract, call);
    if (!broken) continue;
    if (await isReported(broken, subject, contract, withoutValues(call, trial), excuses)) continue;
    if (broken.of !== 'determinism' || !mayBeRandom(contract, trial))
      return { kind: 'broken', failure: failureFor(subject, call, broken) };
    random = { kind: 'random', with: argumentsInWords(trial.values) };
  }
  return random;
}

function withoutValues({ batch, args = {} }: Call, { values }: Trial): Call {
  return { batch, args: Object.fromEntries(Object.entries(args).filter(([name]) => !(name in values))) };
}

/** Leaves out those that run the same function with the same values as the first. */
function differentCalls(subject: Subject, [first, ...others]: readonly Call[]): Call[] {
  return first ? [first, ...others.filter((call) => !isSame(subject, first, call))] : [];
}

function isSame(subject: Subject, { batch, args = {} }: Call, other: Call): boolean {
  try {
    return subject.sameCall(batch, args, other.args ?? {});
  } catch (error) {
    if (error instanceof CallRefused) return false;
    throw error;
  }
}

/** What is told of values that make rows random, as their declaration allows. */
function randomText(random: ReadonlySet<string>): string[] {
  const [first, ...others] = random;
  if (first === undefined) return [];
  const more = others.length > 0 ? ` and ${plural(others.length, 'other combination')}` : '';
  return [`random at inference, as declared, with ${first}${more}`];
}

/** A declaration that it affects inference allows samples there. */
function mayBeRandom({ hyperparameters }: Contract, { values }: Trial): boolean {
  return hyperparameters.some(({ name, affects }) => affects === 'inference' && name in values);
}

function failureFor(subject: Subject, { batch, args = {} }: Call, broken: Broken): Failure {
  const { of, expected, actual } = broken;
  const where = `${names[of]} with ${argumentsInWords(args)}`;
  const finding = { where, expected, actual, batch, arguments: args };
  if (of !== 'call') return { status: 'fail', finding, explains: [] };
  const { functionName } = subject.concreteFunctionFor(batch, args);
  return { status: 'fail', finding, explains: [{ kind: 'hyperparameter-failed', of: functionName }] };
}

const names: Readonly<Record<Broken['of'], string>> = {
  call: 'call',
  form: 'result',
  values: 'values',
  variables: 'variables',
  determinism: 'repeated call',
  rows: 'rows',
};

function summaryOf({ hyperparameters }: Contract, tried: readonly Trial[], all: number): string {
  const taken = hyperparameters.map(({ name }) => `${name}: accepted at ${valuesText(tried, name)}`);
  const together = hyperparameters.length > 1 ? ['together and in pairs'] : [];
  const batches = new Set(tried.map(({ batch }) => batch)).size;
  const part = tried.length < all ? [`${tried.length} of ${all} combinations in the time`] : [];
  return [...taken, ...together, `batches of ${batches} shapes`, ...part].join('; ');
}

/** Some of the values by name, the number of others. */
function valuesText(tried: readonly Trial[], name: string): string {
  const values = new Set(
    tried.flatMap(({ values: { [name]: value } }) => (value === undefined ? [] : [value])),
  );
  const shown = [...values].slice(0, maxShown).join(', ');
  return values.size > maxShown ? `${shown} and ${values.size - maxShown} more` : shown;
}

const maxShown = 8;
