import type { Verdict } from './run.js';
import { type OnVersion, writtenWith } from './versions.js';

/** On which of the versions a model conforms; they are given from the oldest to the newest. */
export function versionsHeadline(results: readonly Pick<OnVersion, 'version' | 'verdict'>[]): string {
  const of = (verdict: Verdict) => results.flatMap((one) => (one.verdict === verdict ? [one.version] : []));
  const [good, bad, open] = [of('conforms'), of('does-not-conform'), of('unknown')];
  const unknown = open.length > 0 ? [`not known on ${listed(open)}`] : [];
  if (good.length === 0 && bad.length === 0) return `could not be decided on ${listed(open)}`;
  if (good.length === 0) return [`does not conform on ${listed(bad)}`, ...unknown].join(', ');
  const not = bad.length > 0 ? [`not on ${listed(bad)}`] : [];
  return [`conforms ${range(results) ?? `on ${listed(good)}`}`, ...not, ...unknown].join(', ');
}

/** Where a model begins or ceases to conform, and is known not to conform right before or after. */
function range(results: readonly Pick<OnVersion, 'version' | 'verdict'>[]): string | undefined {
  const isGood = results.map(({ verdict }) => verdict === 'conforms');
  const [first, last] = [isGood.indexOf(true), isGood.lastIndexOf(true)];
  if (!isGood.slice(first, last + 1).every(Boolean)) return undefined;
  const breaks = (at: number) => results[at]?.verdict === 'does-not-conform';
  const atEnds = { from: last === results.length - 1, to: first === 0 };
  if (atEnds.from && breaks(first - 1)) return `from ${results[first]?.version} on`;
  if (atEnds.to && breaks(last + 1)) return `up to ${results[last]?.version}`;
  return undefined;
}

/** `2.12.0, 2.15.1 and 2.21.0`. */
function listed(versions: readonly string[]): string {
  const named = versions.map((one) => (one === writtenWith ? 'the version that wrote it' : one));
  const [last = '', ...before] = named.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
