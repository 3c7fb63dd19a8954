import { createHash } from 'node:crypto';
import { plural } from '../plural.js';
import type { Run } from '../run.js';
import type { PlannedSpec, Shard } from '../selection.js';

/** What all parts of a run have in common, by how a sentence calls it; texts that are equal where the parts are of one run. */
export type Plan = Readonly<Record<string, string>>;

/** A run as the part of a whole that it is. */
export function asPart(run: Run, shard: Omit<Shard, 'plan'>): Run {
  const { only = [], skip = [] } = run.selection ?? {};
  const plan = digestOf(planOf(run, shard));
  return { ...run, selection: { only, skip, shard: { ...shard, plan } } };
}

export function planOf(run: Run, { count, options, specs }: Omit<Shard, 'plan'>): Plan {
  const { tool, seed, strict, allowUnsafe, selection, rules = [] } = run;
  const { tensorflow, tensorflowDigest = '', node, os, ...machine } = run.environment;
  return {
    'the number of shards': String(count),
    'the version of assay': sorted(tool),
    'the seed': String(seed),
    '--strict': strict ? 'given' : 'not given',
    '--allow-unsafe': allowUnsafe ? 'given' : 'not given',
    '--only and --skip': JSON.stringify([selection?.only ?? [], selection?.skip ?? []]),
    TensorFlow: `${tensorflow} ${tensorflowDigest}`.trim() || 'none',
    'the checks': JSON.stringify(rules.map(sorted)),
    'the system': os,
    Node: node,
    'the machine': sorted(machine),
    ...Object.fromEntries(sortedEntries(options)),
    'the specs': JSON.stringify(specs.map(({ spec, specDigest, shard }) => [spec, specDigest, shard])),
  };
}

export function digestOf(plan: Plan): string {
  const text = JSON.stringify(Object.entries(plan));
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** The first difference of two plans, as the end of a sentence; undefined where there is none. */
export function differenceOf(
  one: Plan,
  other: Plan,
  specs: readonly [readonly PlannedSpec[], readonly PlannedSpec[]],
): string | undefined {
  const names = [...Object.keys(one), ...Object.keys(other)];
  const name = names.find((key) => one[key] !== other[key]);
  if (name === undefined) return undefined;
  if (name === 'the specs') return differenceOfSpecs(...specs);
  const [before = 'none', after = 'none'] = [one[name], other[name]];
  return `${name} differs${`${before}${after}`.length > 200 ? '' : `: ${before} and ${after}`}`;
}

function differenceOfSpecs(one: readonly PlannedSpec[], other: readonly PlannedSpec[]): string {
  const [before, after] = [one, other].map((specs) => new Map(specs.map((each) => [each.spec, each])));
  const lone = [...one, ...other].find(({ spec }) => !before?.has(spec) || !after?.has(spec));
  if (lone) return `only one has ${lone.spec}, of ${plural(one.length, 'spec')} and ${other.length}`;
  const changed = one.find(({ spec, specDigest }) => after?.get(spec)?.specDigest !== specDigest);
  if (changed) return `${changed.spec}, or a file that it names, has changed from one to the other`;
  return 'they split the specs in another way';
}

function sorted(record: object): string {
  return JSON.stringify(sortedEntries(record));
}

function sortedEntries(record: object): [string, string][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
