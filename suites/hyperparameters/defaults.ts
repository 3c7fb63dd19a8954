import { endsOf, fewBySeed } from '../../harness/check/settings/values.js';
import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import type { Arguments } from '../../harness/engine/subject.js';

/** Declared defaults that are passed and left out, with what both calls are given besides. */
export type DefaultSetting = {
  readonly given: Arguments;
  readonly usual: Arguments;
} & (
  | { readonly kind: 'alone' }
  /** Beside another hyperparameter at an end of its range. */
  | { readonly kind: 'beside' }
  /** After a call with another value, with no reset in between. */
  | { readonly kind: 'after'; readonly earlier: Arguments }
  /** After many training calls without it. */
  | { readonly kind: 'late' }
  /** Once the trainable variables have other values than the stored ones. */
  | { readonly kind: 'moved' }
);

export type DefaultSettings = {
  /** Each default alone, then all at once. */
  readonly always: readonly DefaultSetting[];
  /** In the order in which they are tried while there is time. */
  readonly further: readonly DefaultSetting[];
};

/** Every setting at inference and, where the spec declares it, in training. */
export function defaultSettings(contract: Contract, seed: number): DefaultSettings {
  const { hyperparameters, fineTuning } = contract;
  const training: Arguments[] = fineTuning?.trainingArgument ? [{ training: true }] : [];
  const inBoth = (settings: readonly DefaultSetting[]) =>
    settings.flatMap((one) =>
      [{}, ...training].map((mode) => ({ ...one, usual: { ...mode, ...one.usual } })),
    );
  const [mode = {}] = training;
  return {
    always: inBoth([...hyperparameters.map(alone), ...together(hyperparameters)]),
    further: [
      ...training.flatMap((mode) => hyperparameters.map((one) => late(one, mode))),
      ...inBoth(hyperparameters.map((one) => ({ ...alone(one), kind: 'moved' as const }))),
      ...inBoth(fewBySeed(afterOthers(hyperparameters, mode), seed)),
      ...inBoth(fewBySeed(besideOthers(hyperparameters), seed)),
    ],
  };
}

function alone({ name, default: value }: Hyperparameter) {
  return { kind: 'alone' as const, usual: {}, given: { [name]: value } };
}

function late(one: Hyperparameter, usual: Arguments): DefaultSetting {
  return { ...alone(one), kind: 'late', usual };
}

function together(hyperparameters: readonly Hyperparameter[]): DefaultSetting[] {
  if (hyperparameters.length < 2) return [];
  const given = Object.fromEntries(hyperparameters.map((one) => [one.name, one.default]));
  return [{ kind: 'alone', usual: {}, given }];
}

/** Each default beside each end of each other hyperparameter. */
function besideOthers(hyperparameters: readonly Hyperparameter[]): DefaultSetting[] {
  return hyperparameters.flatMap((other) =>
    endsOf(other).flatMap((value) =>
      hyperparameters
        .filter((one) => one !== other)
        .map((one) => ({ ...alone(one), kind: 'beside' as const, usual: { [other.name]: value } })),
    ),
  );
}

/** Each default after a call with each end of its range that is another value. */
function afterOthers(hyperparameters: readonly Hyperparameter[], mode: Arguments): DefaultSetting[] {
  return hyperparameters.flatMap((one) =>
    endsOf(one)
      .filter((value) => value !== one.default)
      .map((value) => ({ ...alone(one), kind: 'after' as const, earlier: { ...mode, [one.name]: value } })),
  );
}
