import type { ModelRun } from './run.js';

type Named = Pick<ModelRun, 'name' | 'spec'>;

/** What a model is called where it must not be taken for another one: its name or, where that is not its alone, its spec. */
export function addressOf(model: Named, models: readonly Named[]): string {
  return isAlone(model, models) ? model.name : model.spec;
}

/** Its name, and its spec behind it where another has that name, too. */
export function labelOf(model: Named, models: readonly Named[]): string {
  return isAlone(model, models) ? model.name : `${model.name} (${model.spec})`;
}

function isAlone({ name }: Named, models: readonly Named[]): boolean {
  return name !== '' && models.filter((other) => other.name === name || other.spec === name).length <= 1;
}
