import type { ModelRun } from './run.js';

type Named = Pick<ModelRun, 'name' | 'spec'>;

/** A unique name of a model: its name or, where another model has the same, its spec. */
export function uniqueNameOf(model: Named, models: readonly Named[]): string {
  return isAlone(model, models) ? model.name : model.spec;
}

/** A model's name, followed by its spec where another model has the same name. */
export function labelOf(model: Named, models: readonly Named[]): string {
  return isAlone(model, models) ? model.name : `${model.name} (${model.spec})`;
}

function isAlone({ name }: Named, models: readonly Named[]): boolean {
  return name !== '' && models.filter((other) => other.name === name || other.spec === name).length <= 1;
}
