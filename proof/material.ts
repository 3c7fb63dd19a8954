import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Check } from '../harness/check/check.js';
import { checks } from '../suites/all.js';
import { conformingModels, inProject, type Twin, twins } from './project.js';

/** What the proof runs on: names of conforming models, and broken twins. */
export type Material = { readonly models: readonly string[]; readonly twins: readonly Twin[] };

/** All there is, or only the models whose name contains one of these. */
export function materialNamed(parts: readonly string[]): Material {
  const wanted = (name: string) => isWanted(name, parts);
  return {
    models: conformingModels().filter(wanted),
    twins: twins().filter(({ twin }) => wanted(twin)),
  };
}

function isWanted(name: string, parts: readonly string[]): boolean {
  return parts.length === 0 || parts.some((part) => name.includes(part));
}

export function specOfModel(model: string): string {
  const large = inProject(onDemand, `${model}.yaml`);
  return existsSync(large) ? large : inProject('specs', `${model}.yaml`);
}

/** Where `models-under-test/export.py --on-demand NAME` writes models that are too large to keep, and their specs. */
const onDemand = 'models-under-test/on-demand';

/** The command that writes a large model. */
export function exportOf(model: string): string {
  return `python models-under-test/export.py --on-demand ${model}`;
}

/** The large models that were written, or only those whose name contains one of these. */
export function largeNamed(parts: readonly string[]): Material {
  const folder = inProject(onDemand);
  const specs = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
  const models = specs.map((name) => path.basename(name, '.yaml')).sort();
  return { models: models.filter((name) => isWanted(name, parts)), twins: [] };
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
