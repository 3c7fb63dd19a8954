import type { FunctionDelta } from './comparison.js';
import type { Run, Verdict } from './run.js';
import { worst } from './verdict.js';

/** Stands for the TensorFlow that wrote a model. */
export const writtenWith = 'written-with';

/** What a model is on one version of TensorFlow. */
export type OnVersion = {
  /** `written-with` where that version is not known. */
  readonly version: string;
  readonly verdict: Verdict;
  /** What it breaks first, or why that is not known; left out where it conforms. */
  readonly because?: {
    /** Left out where no check says it. */
    readonly check?: string;
    readonly says: string;
  };
};

/** The outputs for the same calls on two versions, which follow each other among those that run the model. */
export type OutputsCompared = {
  readonly from: string;
  readonly to: string;
  /** OLD is the model on `from`, NEW on `to`; left out where nothing could be called. */
  readonly function?: FunctionDelta;
  /** Calls that only one of them answers, or in another shape or dtype. */
  readonly differences: readonly { readonly what: string; readonly from: string; readonly to: string }[];
  /** What could not be found out, a sentence each. */
  readonly undecided: readonly string[];
};

export type ModelOnVersions = {
  readonly name: string;
  readonly spec: string;
  readonly model: string;
  /** The TensorFlow that wrote the model, as its files record it; left out where they do not, or were not read. */
  readonly writtenWith?: string;
  /** On which versions it conforms, as `conforms from 2.15.1 on, not on 2.12.0`; of those that were tried. */
  readonly headline: string;
  /** From the oldest version to the newest; one that `written-with` stands for and that is not known comes last. */
  readonly results: readonly OnVersion[];
  readonly outputs: readonly OutputsCompared[];
};

/** Models on several versions of TensorFlow. Format 1; `specs/versions.schema.json` describes it. */
export type VersionsRun = Pick<
  Run,
  | 'format'
  | 'tool'
  | 'startedAt'
  | 'durationMs'
  | 'seed'
  | 'strict'
  | 'interrupted'
  | 'selection'
  | 'allowUnsafe'
> & {
  readonly environment: { readonly node: string; readonly os: string };
  readonly verdict: Verdict;
  readonly versions: readonly {
    readonly version: string;
    /** Path of its run.json, relative to versions.json; left out where none was written. */
    readonly run?: string;
    /** Why it could not be prepared. */
    readonly unavailable?: string;
  }[];
  readonly models: readonly ModelOnVersions[];
};

/** `same`: within the noise. `other`: beyond it, or another call fails. */
export type OutputsAnswer = 'same' | 'other' | 'undecided';

export function answerOfOutputs({
  function: called,
  differences,
  undecided,
}: OutputsCompared): OutputsAnswer {
  if (differences.length > 0) return 'other';
  const told = [...(called?.drawn ?? []), ...(called?.training ? [called.training] : [])];
  if (called && called.rows.length > 0 && !(called.sameWithin && told.every(({ same }) => same)))
    return 'other';
  return undecided.length > 0 || called === undefined || called.rows.length === 0 ? 'undecided' : 'same';
}

/** Of all models on all versions; other outputs are for a strict run to fail, as no contract promises them. */
export function verdictOfVersions(models: readonly ModelOnVersions[], strict: boolean): Verdict {
  const outputs = models.flatMap((model) => model.outputs).map(answerOfOutputs);
  return worst([
    ...models.flatMap(({ results }) => results.map(({ verdict }) => verdict)),
    ...(strict && outputs.includes('other') ? (['does-not-conform'] as const) : []),
    ...(outputs.includes('undecided') ? (['unknown'] as const) : []),
  ]);
}
