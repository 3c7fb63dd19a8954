import { plural } from '../harness/verdict/plural.js';
import { shortened } from '../reports/wording/visible.js';
import type { ModelTally, Surprise, Tallies, TwinTally } from './tally.js';

/** Longest message that is shown in full. */
const maxCharacters = 200;

/** One escape in this many runs is tolerated. */
const runsPerEscape = 20;

/** Why the proof does not hold, a line each; empty when it holds. */
export function defectsIn(tallies: Tallies, rules: readonly string[]): string[] {
  return [
    ...withoutTwin(tallies, rules).map((rule) => `${rule}: no broken model shows that it catches anything`),
    ...tallies.died.map(({ seed, said }) => `seed ${seed}: the run crashed: ${said}`),
    ...tallies.models.flatMap(ofModel),
    ...tallies.twins.flatMap(ofTwin),
  ];
}

/** Rules that no twin is named for. */
function withoutTwin({ twins }: Tallies, rules: readonly string[]): string[] {
  const shown = new Set(twins.map(({ check }) => check));
  return rules.filter((rule) => !shown.has(rule));
}

export function ofModel({ model, runs, alarms }: ModelTally): string[] {
  if (runs === 0) return [`${model}: it was never run`];
  return inWords(`${model}: false alarm`, alarms);
}

export function ofTwin({ twin, check, runs, escapes, strays }: TwinTally): string[] {
  if (runs === 0) return [`${twin}: it was never run`];
  const borne = escapes.length <= Math.floor(runs / runsPerEscape);
  return [
    ...(borne ? [] : inWords(`${twin}: not caught by ${check} in ${escapes.length} of ${runs}`, escapes)),
    ...inWords(`${twin}: something else fails`, strays),
  ];
}

/** The first surprise in full, the others as a number. */
function inWords(what: string, surprises: readonly Surprise[]): string[] {
  const [first] = surprises;
  if (!first) return [];
  const { seed, check, said } = first;
  const more = surprises.length > 1 ? `; ${plural(surprises.length - 1, 'more')}` : '';
  return [`${what}: seed ${seed}, ${check} ${shortened(said, maxCharacters)}${more}`];
}
