import { defaults } from '../defaults.js';
import type { Fault } from '../problem/fault.js';
import type { RawHyperparameter } from '../raw-spec.js';
import type { SoundSpec, SpecRule } from './rule.js';

export const hyperparameterRanges: SpecRule = (spec) =>
  soundNames(spec).flatMap(([name, { default: defaultValue, min, max }]): Fault[] => {
    const pointer = ['hyperparameters', name];
    if (min !== undefined && max !== undefined && min > max) {
      const message = `min ${min} is larger than max ${max}`;
      return [{ pointer: [...pointer, 'min'], at: 'value', message, hint: 'swap them' }];
    }
    if (
      typeof defaultValue === 'boolean' ||
      (defaultValue >= (min ?? defaultValue) && defaultValue <= (max ?? defaultValue))
    )
      return [];
    const message = `the default ${defaultValue} of \`${name}\` is not an allowed value`;
    const hint = `allowed: ${[min === undefined ? '' : `from ${min}`, max === undefined ? '' : `up to ${max}`].join(' ').trim()}`;
    return [{ pointer: [...pointer, 'default'], at: 'value', message, hint }];
  });

/** Without `training=True`, neither a training output nor a state after training can be observed. */
export const trainingHyperparameters: SpecRule = (spec) => {
  const training = spec.at<boolean>('fine_tuning', 'training_argument') ?? defaults.trainingArgument;
  if (training || spec.isBlamed('fine_tuning', 'training_argument')) return [];
  return soundNames(spec).flatMap(([name, { affects = defaults.affects }]): Fault[] => {
    if (affects === 'inference') return [];
    const written = spec.at('hyperparameters', name, 'affects') !== undefined;
    const message = `\`${name}\` affects ${affects}, but the call takes no \`training\` argument`;
    const hint = 'write `fine_tuning: { training_argument: true }`, or `affects: inference`';
    const pointer = ['hyperparameters', name];
    return [
      { pointer: written ? [...pointer, 'affects'] : pointer, at: written ? 'value' : 'key', message, hint },
    ];
  });
};

function soundNames(spec: SoundSpec): [string, RawHyperparameter][] {
  return spec.keys('hyperparameters').flatMap((name): [string, RawHyperparameter][] => {
    const one = spec.at<RawHyperparameter>('hyperparameters', name);
    return one === undefined ? [] : [[name, one]];
  });
}
