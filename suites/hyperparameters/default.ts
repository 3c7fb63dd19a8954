import { afterStepInWords } from '../../harness/check/after-step.js';
import type { Check } from '../../harness/check/check.js';
import { manyCalls } from '../../harness/check/sequences/step.js';
import { declaresHyperparameters } from '../../harness/check/settings/declared.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Hyperparameter } from '../../harness/contract/contract.js';
import type { Endpoint } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Finding } from '../../harness/verdict/run.js';
import { type DefaultDifference, differenceByDefault } from './default-differences.js';
import { type DefaultSetting, defaultSettings } from './defaults.js';

/** Share of the time after which nothing further is compared. */
const timeShare = 0.6;

export const declaredDefault: Check = {
  id: 'hyperparameters/default',
  level: 'must',
  demands:
    'The saved default of a hyperparameter MUST be the declared one, and passing it MUST give the same results as leaving the argument out.',
  explain: {
    matters:
      'Users leave an argument out because they trust the documented default. If the real default differs, they train something other than they think.',
    decided:
      'The default in the saved function spec is read; None may stand for the declared one. Six images, and up to 100 where they are small, are called with the declared default and without the argument. That is done at inference and, where the spec declares it, in training, for each hyperparameter and for all at once. Outputs and the variables after the call must agree up to the rounding measured on this model. Random outputs and variables must agree in their means and spread over 64 calls, each from the restored variables; others are compared at larger, wide and tall sizes, too. Each default is also passed and left out beside the smallest and the largest value of each other hyperparameter. After a call with another value that changes variables, in training if declared, the default is passed and left out again, with no reset in between. Outputs must agree, as must those of an inference call afterwards. After 130 training calls without it, each default is passed and left out once more, and with perturbed trainable variables. Of more than 40 such settings, the seed chooses 40.',
    calls:
      'Two for each hyperparameter at inference and two in training, with and without the argument. Where outputs are random, 64 of each, since means and spreads are compared. At most 40 settings of other hyperparameters are added.',
    fix: 'Write the documented default into the arguments of `__call__` and trace the call again, or correct `default` in the spec.',
  },
  promisedBy: ['hyperparameters'],
  applies: declaresHyperparameters,
  comparisons: 'unrecorded',
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    for (const one of contract.hyperparameters) {
      const actual = otherSavedDefault(subject.endpoint, one);
      if (actual === undefined) continue;
      const where = `default of ${one.name} in the saved function spec`;
      return { status: 'fail', finding: { where, expected: String(one.default), actual } };
    }
    const until = performance.now() + contract.limits.deadlineMs * timeShare;
    const { always, further } = defaultSettings(contract, seed);
    const settings = [...always, ...further];
    const parts = unlessExcused(settings, excuses, (one) => differenceByDefault(subject, contract, one));
    let [cases, stopped] = [0, false];
    const seen = new Set<string>();
    for await (const { item, result: found } of parts) {
      cases += 1;
      seen.add(argumentsInWords(item.given));
      if (found !== undefined) return { status: 'fail', finding: findingFor(item, found), cases };
      stopped = further.includes(item) && performance.now() > until;
      if (stopped) break;
    }
    const part = stopped ? `; ${cases} of ${settings.length} comparisons in the time` : '';
    return { status: 'pass', summary: `${[...seen].join('; ')}: as when left out${part}`, cases };
  },
};

function findingFor(setting: DefaultSetting, found: DefaultDifference): Finding {
  const args = { ...setting.usual, ...setting.given };
  const before = beforeInWords(setting);
  const where = `call with ${argumentsInWords(args)}, the declared default${before}`;
  return { where, expected: 'the results of the call without it', ...found, arguments: args };
}

function beforeInWords(setting: DefaultSetting): string {
  if (setting.kind === 'after') return `, after a call with ${argumentsInWords(setting.earlier)}`;
  if (setting.kind === 'moved') return afterStepInWords;
  return setting.kind === 'late' ? `, after ${manyCalls} calls without it` : '';
}

/** The default in the files, where it is a number or a bool other than the declared one. */
function otherSavedDefault(endpoint: Endpoint | undefined, one: Hyperparameter): string | undefined {
  const saved = endpoint?.parameters.find(({ name }) => name === one.name)?.default;
  if (saved?.kind !== 'bool' && saved?.kind !== 'int' && saved?.kind !== 'float') return undefined;
  const same =
    typeof one.default === 'number' && typeof saved.value === 'number'
      ? Math.fround(saved.value) === Math.fround(one.default)
      : saved.value === one.default;
  return same ? undefined : String(saved.value);
}
