import type { Check } from '../check/check.js';
import type { ParsedSpec } from '../contract/parsing/parse.js';
import type { CheckResult } from '../verdict/run.js';

type Spec = Pick<Extract<ParsedSpec, { kind: 'contract' }>, 'contract' | 'positions'>;

/** The line of the spec that a result is about: that of the promise or, where a waiver fails, that of the waiver. */
export function lineOfPromise(
  check: Pick<Check, 'id' | 'promisedBy'>,
  result: CheckResult,
  { contract, positions }: Spec,
): { readonly specLine?: number } {
  const waiver = contract.waivers.findIndex((one) => one.check === check.id);
  const keys = result.staleWaiver ? [`waivers[${waiver}]`] : [...(check.promisedBy ?? []), 'api'];
  const line = keys.flatMap((key) => positions.get(key)?.line ?? []).at(0);
  return line === undefined ? {} : { specLine: line };
}
