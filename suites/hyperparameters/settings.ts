import type { Hyperparameter } from '../../harness/contract/contract.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { valuesOf } from './declared.js';

/** None set first; then every combination of values while there are few, and the values of one at a time. */
export function settingsOf(hyperparameters: readonly Hyperparameter[]): readonly Arguments[] {
  return hyperparameters.reduce(withValuesOf, [{}]);
}

function withValuesOf(settings: readonly Arguments[], hyperparameter: Hyperparameter): readonly Arguments[] {
  const base = settings.length > mostSettings ? [{}] : settings;
  const more = valuesOf(hyperparameter).flatMap((value) =>
    base.map((setting) => ({ ...setting, [hyperparameter.name]: value })),
  );
  return [...settings, ...more];
}

const mostSettings = 64;
