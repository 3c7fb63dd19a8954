import type { Check } from '../harness/check/check.js';
import { checks } from '../suites/all.js';
import { conformingModels, inProject, type Twin, twins } from './project.js';

/** What the proof runs on: names of conforming models, and broken twins. */
export type Material = { readonly models: readonly string[]; readonly twins: readonly Twin[] };

/** All there is, or only the models whose name contains one of these. */
export function materialNamed(parts: readonly string[]): Material {
  const wanted = (name: string) => parts.length === 0 || parts.some((part) => name.includes(part));
  return {
    models: conformingModels().filter(wanted),
    twins: twins().filter(({ twin }) => wanted(twin)),
  };
}

export function specOfModel(model: string): string {
  return inProject('specs', `${model}.yaml`);
}

export function specOfTwin({ twin }: Pick<Twin, 'twin'>): string {
  return inProject('models-under-test', 'twins', `${twin}.yaml`);
}

/**
 * Which checks to run on which spec. Conforming models get every check at every seed, twins at the first. At the others
 * a twin gets what decides its own check just as in a full run: that check, those that fail along with it, and all that
 * read files. One that is caught by reading is run once, since no seed changes what is read; the others at `twinSeeds` seeds.
 * `index` is that of the seed.
 */
export function planFor(
  { models, twins }: Material,
  index: number,
  twinSeeds = Number.POSITIVE_INFINITY,
): Map<string, readonly Check[]> {
  const first = index === 0;
  const again = first ? twins : twins.filter(({ check }) => index < twinSeeds && kindOf(check) !== 'reading');
  return new Map([
    ...models.map((model) => [specOfModel(model), checks] as const),
    ...again.map((twin) => [specOfTwin(twin), first ? checks : deciding(twin)] as const),
  ]);
}

/** The kind of a check; undefined when there is no such check. */
export function kindOf(id: string): Check['kind'] | undefined {
  return checks.find((check) => check.id === id)?.kind;
}

function deciding({ check, also = {} }: Twin): Check[] {
  return checks.filter(({ id, kind }) => kind === 'reading' || id === check || id in also);
}
