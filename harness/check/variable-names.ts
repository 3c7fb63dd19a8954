import type { SavedModel, Variable } from '../savedmodel/saved-model.js';

/** Variables listed in a finding, at most. */
const maxNames = 8;

/** Variables as findings list them: by name, with the path where the name alone does not show it; a long list is cut. */
export function namesOf(model: SavedModel, variables: readonly Variable[]): string {
  const names = variables.slice(0, maxNames).map((variable) => nameOf(model, variable));
  const rest = variables.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

function nameOf({ variables }: SavedModel, { name, path }: Variable): string {
  if (name === '') return path;
  const shared = variables.filter((other) => other.name === name).length > 1;
  return shared || name === 'Variable' ? `${name} (${path})` : name;
}
