import type { Batch } from './batch.js';
import type { Environment, Verdict } from './run.js';

/** Who relies on a model: one who calls it, or one who trains it further. */
export const purposes = ['inference', 'fine-tuning'] as const;
export type Purpose = (typeof purposes)[number];

/** What a difference does to one who relies on OLD. */
export type Effect = 'breaking' | 'widening' | 'neutral';

/** Something of the contract, or of what keeps it, that differs. */
export type ContractDifference = {
  /** `image height`, `argument rate`, or a check. */
  readonly what: string;
  readonly old: string;
  readonly new: string;
  readonly effect: Readonly<Record<Purpose, Effect>>;
  /** Why it has this effect, as a sentence. */
  readonly why: string;
};

/** How far the rows of the same images lie apart, over all images of one kind. */
export type RowsCompared = {
  /** `inference`, `training=True`, `rate=0.5`, `image files`. */
  readonly kind: string;
  readonly images: number;
  /** The largest difference of two values. */
  readonly largest: number;
  /** Half of the rows have a largest difference of at most this. */
  readonly typical: number;
  /** The largest difference as a multiple of what rounding in both models allows at that row. */
  readonly timesNoise: number;
  /** The smallest cosine of two rows. */
  readonly cosine: number;
  /** Images with the same class on top, and how many of five classes are the same; left out for features. */
  readonly top1?: Agreement;
  readonly top5?: Agreement;
};

/** `same` of `of`, and the 95 % confidence interval of the share. */
export type Agreement = {
  readonly same: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
};

/** Where the models differ most, as small as it could be made. */
export type Witness = {
  readonly kind: string;
  /** Left out for an image file, which `file` names. */
  readonly batch?: Batch;
  readonly file?: string;
  readonly arguments: Readonly<Record<string, number | boolean>>;
  readonly row: number;
  readonly unit: number;
  readonly old: number;
  readonly new: number;
  /** What rounding in both models allows there. */
  readonly allowed: number;
  /** How many times the batch was made smaller. */
  readonly shrunk: number;
  /** A picture of the images; a path relative to comparison.json. */
  readonly picture?: string;
};

/** `sameToNoise`: within the noise of either model; `sameWithin`: within that of the noisier one. */
export type FunctionDelta = {
  readonly rows: readonly RowsCompared[];
  readonly sameToNoise: boolean;
  readonly sameWithin: boolean;
  readonly witness?: Witness;
  /** Calls whose arguments have them draw random numbers, compared in distribution; by their kind. */
  readonly drawn?: readonly (Told & { readonly kind: string })[];
  /** Only for training: what differs there matters to those alone who train. */
  readonly training?: Told;
};

/** Whether something is the same, and in a sentence how far that was looked at. */
export type Told = { readonly same: boolean; readonly says: string };

export const answers = [
  'identical',
  'drop-in',
  'another-function',
  'not-a-replacement',
  'undecided',
] as const;
export type Answer = (typeof answers)[number];

/** One of the two models, and what checks say of it. */
export type Side = {
  /** As it was given. */
  readonly given: string;
  readonly digest: string;
  readonly verdict: Verdict;
};

/** May NEW take the place of OLD? Format 1; `specs/comparison.schema.json` describes it. */
export type Comparison = {
  readonly format: 1;
  readonly tool: { readonly name: 'model-assay'; readonly version: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  readonly for: Purpose;
  readonly environment: Environment;
  /** The contract: a spec, or what the files of OLD reveal. */
  readonly spec: string;
  readonly inferred: boolean;
  readonly old: Side;
  readonly new: Side;
  readonly answer: Answer;
  /** What the answer rests on, a sentence each. */
  readonly because: readonly string[];
  readonly contract: readonly ContractDifference[];
  /** Left out where nothing could be called. */
  readonly function?: FunctionDelta;
  /** What could not be found out, a sentence each. */
  readonly undecided: readonly string[];
};

/** Process exit code; `accepted`: whether another function is. */
export function exitCodeOfAnswer(answer: Answer, accepted: boolean): 0 | 1 | 2 {
  if (answer === 'undecided') return 2;
  if (answer === 'another-function') return accepted ? 0 : 1;
  return answer === 'not-a-replacement' ? 1 : 0;
}
