/** The patterns by which checks were chosen, and the part of the specs. */
export type Selection = {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** There where this is one part of a run that several machines make together. */
  readonly shard?: Shard;
};

/** One part of a run, and the whole that it belongs to. */
export type Shard = {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  /** `sha256:` over everything that all parts of the run have in common. */
  readonly plan: string;
  /** Options of the run that no other key tells, by name. */
  readonly options: Readonly<Record<string, string>>;
  /** Every spec of the whole run, in its order. */
  readonly specs: readonly PlannedSpec[];
};

/** A spec, and the shard that runs it. */
export type PlannedSpec = {
  readonly spec: string;
  /** As that of a model; left out where the spec cannot be read. */
  readonly specDigest?: string;
  readonly shard: number;
};

/** How checks were chosen, whichever specs they ran on; undefined where all were. */
export function choiceIn(selection: Selection | undefined): Selection | undefined {
  const { only = [], skip = [] } = selection ?? {};
  return only.length + skip.length === 0 ? undefined : { only, skip };
}
