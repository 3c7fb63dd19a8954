import type { Endpoint } from '../../savedmodel/saved-model.js';
import type { Arguments } from '../subject.js';

/** The defaults of the arguments that have a number or a bool for one. */
export function defaultsOf(endpoint: Endpoint | undefined): Arguments {
  const parameters = endpoint?.parameters ?? [];
  const entries = parameters.flatMap(({ name, default: defaultValue }) =>
    defaultValue?.kind === 'bool' || defaultValue?.kind === 'int' || defaultValue?.kind === 'float'
      ? [[name, defaultValue.value]]
      : [],
  );
  return Object.fromEntries(entries);
}
