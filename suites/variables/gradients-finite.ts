import type { Check, Conclusion } from '../../harness/check/check.js';
import { requireFinite } from '../../harness/check/numeric-rows.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import { CallFailed } from '../../harness/engine/process/failures.js';
import type { Arguments, Call, ComputedGradients, Gradients, Subject } from '../../harness/engine/subject.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { plural } from '../../harness/verdict/plural.js';
import type { Finding } from '../../harness/verdict/run.js';
import { declaresTrainable } from './declares-trainable.js';
import { floatingTrainable } from './floating-trainable.js';
import { gradientCalls, gradientCallsWithSettings } from './gradient-calls.js';

/** Share of the time after which no further images or settings are tried. */
const timeShare = 0.6;

/** Calls that are made whatever their time: noise, and each kind of plain image. */
const alwaysMade = 4;

export const gradientsFinite: Check = {
  id: 'variables/gradients-finite',
  level: 'must',
  demands:
    'Gradients of the output and of each regularization loss MUST be finite at the stored weights, for flat and for ordinary images.',
  explain: {
    matters:
      'One infinite or NaN gradient turns every weight into NaN in the first training step. The outputs before it look right, so nothing warns the user.',
    decided:
      "TensorFlow's C library computes the gradient of the output, and of each loss, with respect to every trainable variable: for plain images, noise and others, one image and the same one twice. That is done with `training=True` where the call accepts it, and for noise and black images with False, too, where that runs another function, with roots and the like. Up to twelve settings of hyperparameters are passed, too, for noise and plain images. After one step of Adam the output must be finite. Operations whose derivative is infinite at a point, such as the square root at 0, are evaluated in the same calls. They name the cause of a gradient that is not finite. Where the library lacks the gradient of an operation, what goes into it is differentiated on its own, from random numbers. Calls after the first four are left out, and said so, where time runs out. If NaN or infinity is met there, in what the operation gives, or at such a point, the check could not decide. A pass says how many variables were reached.",
    calls:
      'Up to 12 gradient calls, and one for each of up to 12 settings of hyperparameters. Each gives the gradients of all variables at once. They are no calls of `__call__`, and are not counted.',
    fix: 'Stay away from the point: `tf.sqrt(x + 1e-6)`, `tf.maximum(x, 1e-6)` before a root or power, `tf.math.l2_normalize`, `tf.math.divide_no_nan`. `tf.where` behind a power or a logarithm does not help: its gradient is 0 times infinity, which is NaN.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  applies: declaresTrainable,
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const until = performance.now() + contract.limits.deadlineMs * timeShare;
    const seen: (Gradients | Failing)[] = [];
    const calls = gradientCalls(subject.model, contract);
    const withSettings = gradientCallsWithSettings(contract);
    let made = 0;
    for await (const part of unlessExcused(calls, excuses, (call) => gradientsOf(subject, call))) {
      seen.push(part.result);
      const finding = findingIn(part.result);
      if (finding) return failed(finding, part.item, seen.length);
      made = calls.indexOf(part.item) + 1;
      if (made >= alwaysMade && performance.now() > until) break;
    }
    for (const { call, setting } of withSettings) {
      if (performance.now() > until) break;
      made += 1;
      const gradients = await unlessNotAccepted(() => gradientsOf(subject, call));
      if (!gradients || (gradients.kind === 'computed' && !gradients.outputFinite)) continue;
      seen.push(gradients);
      const finding = findingIn(gradients);
      if (finding) return failed(withSetting(finding, setting), call, seen.length);
    }
    const notMade = calls.length + withSettings.length - made;
    return concluded(seen, floatingTrainable(subject.model).length, notMade);
  },
};

function withSetting(finding: Finding, setting: Arguments): Finding {
  return { ...finding, where: `${finding.where}, with ${argumentsInWords(setting)}` };
}

function failed(finding: Finding, call: Call, cases: number): Conclusion {
  return { status: 'fail', finding: { ...finding, batch: call.batch, ...argumentsText(call) }, cases };
}

function argumentsText({ args }: Call): Pick<Finding, 'arguments'> {
  return args === undefined || Object.keys(args).length === 0 ? {} : { arguments: args };
}

/** Where the call itself works and the gradient does not, TensorFlow's message. */
type Failing = { readonly kind: 'failing'; readonly why: string };

/**
 * A call that fails has no gradient, nor has an output that is not finite.
 * @throws LeftOut, CallFailed
 */
async function gradientsOf(subject: Subject, call: Call): Promise<Gradients | Failing> {
  try {
    const gradients = await subject.gradientsAt(call);
    if (gradients.kind === 'computed' && !gradients.outputFinite)
      await requireFinite(subject, call, await subject.call(call.batch, call.args));
    return gradients;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    await subject.call(call.batch, call.args);
    return { kind: 'failing', why: error.message };
  }
}

const expected = 'finite numbers';
const remedy =
  'Add a small number before the root, logarithm or division, or use an operation that is defined there.';

function findingIn(gradients: Gradients | Failing): Finding | undefined {
  if (gradients.kind !== 'computed') return undefined;
  const { notFinite, singular, raising, finiteAfterStep } = gradients;
  const [first, ...others] = notFinite;
  if (first) {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    const where = `gradient of ${first.through} with respect to ${first.variable.path || first.variable.name}${more}`;
    return { where, expected, actual: `NaN or infinity${causeIn(singular)}`, remedy };
  }
  const [raises] = raising;
  if (raises !== undefined)
    return { where: 'gradients', expected, actual: `TensorFlow raises an error: ${raises}`, remedy };
  if (finiteAfterStep !== false) return undefined;
  return {
    where: 'output after one step of Adam at a rate of 0.001',
    expected,
    actual: 'NaN or infinity',
    remedy: 'Look for weights whose values are near the limit of an operation, such as an exponential.',
  };
}

function causeIn([first]: ComputedGradients['singular']): string {
  if (first === undefined) return '';
  return `: ${first.op} (${first.name}) is evaluated at ${first.at.join(' or ')}, where its derivative is infinite`;
}

/** Only the gradient itself shows whether an infinite derivative is multiplied by 0, and where. */
function doubtIn({ singular, lacking, cut, suspected }: ComputedGradients): string | undefined {
  const [first] = suspected;
  if (first !== undefined)
    return `Whether the gradients are finite could not be decided: ${first}, and TensorFlow's C library has no gradient of ${cut.join(', ')}.`;
  const [atCut] = singular.filter(({ op }) => cut.includes(op));
  if (atCut !== undefined)
    return `Whether the gradients are finite could not be decided:${causeIn([atCut]).slice(1)}, and TensorFlow's C library has no gradient of it.`;
  for (const { through, why } of lacking) {
    const met = singular.filter((one) => through.includes(one.through));
    if (met.length > 0) return `The gradients could not be computed: ${why} ${causeIn(met).slice(2)}.`;
  }
  return undefined;
}

function concluded(seen: readonly (Gradients | Failing)[], all: number, notMade: number): Conclusion {
  const failing = seen.find((one) => one.kind === 'failing');
  const reason = `The call works, but TensorFlow fails to compute its gradients: ${failing?.why}`;
  if (failing) return { status: 'error', reason, cases: seen.length };
  const computed = seen.filter((one) => one.kind === 'computed');
  const lacking = seen.flatMap((one) =>
    one.kind === 'computed' ? one.lacking.map(({ why }) => why) : [one.why],
  );
  const watched = Math.max(0, ...computed.map((one) => one.watched));
  const variables = Math.max(0, ...computed.map((one) => one.variables));
  const partly = Math.max(0, ...computed.map((one) => one.partly));
  const doubt = computed.map(doubtIn).find((one) => one !== undefined);
  if (doubt !== undefined) return { status: 'error', reason: doubt, cases: seen.length };
  if (variables + partly + watched === 0)
    return {
      status: 'skip',
      reason: `The gradients could not be computed here: ${lacking[0] ?? 'there are none'}`,
    };
  const cut = [...new Set(computed.flatMap((one) => one.cut))].sort();
  const parts = [
    ...(variables > 0
      ? [
          `gradients with respect to ${variables} of ${plural(all, 'trainable variable')} are finite, as is the output after one step`,
        ]
      : []),
    ...(watched > 0
      ? [`${plural(watched, 'operation')} with possible infinite derivatives: none occurs`]
      : []),
    ...(cut.length > 0
      ? [
          `${partly} are differentiated in parts, as TensorFlow's C library has no gradient of ${cut.join(', ')}`,
        ]
      : []),
    ...(lacking[0] === undefined ? [] : [`not computed: ${lacking[0]}`]),
    ...(notMade === 0 ? [] : [`no time for ${plural(notMade, 'other call')}: limits.deadline`]),
  ];
  return {
    status: 'pass',
    summary: `${plural(seen.length, 'call')}: ${parts.join('; ')}`,
    cases: seen.length,
  };
}
