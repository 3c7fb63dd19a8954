import { createHash } from 'node:crypto';

/**
 * The shard of each spec, from 1 to `count`, by a hash of its path: whichever specs there are beside it, a spec stays where it is.
 */
export function splitByName(specs: readonly string[], count: number): number[] {
  return specs.map((spec) => 1 + (createHash('sha256').update(spec).digest().readUInt32BE() % count));
}

/**
 * The shard of each spec, from 1 to `count`, so that all end at about the same time: the longest first, each to the shard
 * that has least to do. `durations`: in milliseconds, by spec; at least one. Others are taken to last as long as the mean.
 */
export function splitByDuration(
  specs: readonly string[],
  durations: ReadonlyMap<string, number>,
  count: number,
): number[] {
  const known = specs.flatMap((spec) => durations.get(spec) ?? []);
  const mean = known.reduce((sum, ms) => sum + ms, 0) / known.length;
  const longest = specs
    .map((spec) => ({ spec, ms: durations.get(spec) ?? mean }))
    .sort((one, other) => other.ms - one.ms || (one.spec < other.spec ? -1 : 1));
  const loads = Array.from({ length: count }, () => 0);
  const shards = new Map<string, number>();
  for (const { spec, ms } of longest) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + ms;
    shards.set(spec, least + 1);
  }
  return specs.map((spec) => shards.get(spec) ?? 1);
}
