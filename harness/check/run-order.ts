import { causeKinds } from './cause.js';
import type { Check } from './check.js';

/**
 * Checks in the order in which they run: what is read off the files first, since nothing is loaded for it; then those that
 * answer for what keeps others from being decided, since a failure is told once, by the check that answers for it; then
 * suite by suite, in the order given, and by id.
 */
export function inRunOrder(checks: readonly Check[], suites: readonly string[]): Check[] {
  const places = new Map(checks.map((check) => [check, placeOf(check, suites)]));
  return [...checks].sort((one, other) => compared(places.get(one) ?? [], places.get(other) ?? []));
}

type Place = readonly (number | string)[];

function placeOf({ id, kind, answersFor = [] }: Check, suites: readonly string[]): Place {
  const causes = answersFor.map((cause) => causeKinds.indexOf(cause));
  const suite = suites.indexOf(id.split('/', 1).join());
  return [
    kind === 'reading' ? 0 : 1,
    causes.length > 0 ? Math.max(...causes) : causeKinds.length,
    suite < 0 ? suites.length : suite,
    id,
  ];
}

function compared(one: Place, other: Place): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  const [first = 0, second = 0] = [one[at], other[at]];
  return first < second ? -1 : Number(first > second);
}
