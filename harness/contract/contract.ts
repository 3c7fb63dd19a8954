/** What a spec promises, parsed and validated, every default filled in. Paths are absolute. */
export type Contract = {
  /** Absolute path of the spec file. */
  readonly specPath: string;
  readonly name: string;
  readonly model: ModelLocation;
  readonly api: 'image-classification' | 'image-feature-vector';
  readonly imageSize: ImageSize;
  readonly colorRange: ColorRange;
  /** `num_classes` or `num_features`: columns of the output. */
  readonly outputSize: number;
  readonly classification?: Classification;
  readonly fineTuning?: FineTuning;
  readonly hyperparameters: readonly Hyperparameter[];
  readonly examples: readonly Example[];
  readonly endpoint: DeclaredEndpoint;
  /** Left out: calibrated to the model's own noise. */
  readonly tolerance?: { readonly absolute: number; readonly relative: number };
  readonly limits: Limits;
  /** Random cases per property. */
  readonly runs: number;
  readonly waivers: readonly Waiver[];
  /** Guesses of `assay init` that nobody has confirmed. */
  readonly unconfirmed: readonly Unconfirmed[];
};

/** A line of a spec, from 1, whose comment starts with `confirm`, and its text. */
export type Unconfirmed = { readonly line: number; readonly text: string };

export type ModelLocation =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'archive'; readonly path: string; readonly sha256?: string }
  | { readonly kind: 'url'; readonly url: string; readonly sha256: string };

/** Allowed pixels along one side; a fixed size has min = max. */
export type SizeRange = { readonly min: number; readonly max: number; readonly step: number };

export type ImageSize = {
  readonly height: SizeRange;
  readonly width: SizeRange;
  /** Height, width. */
  readonly recommended?: readonly [number, number];
  readonly outside: 'unspecified' | 'refused';
};

export type ColorRange =
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  /** Applied to [0, 1], per channel. */
  | { readonly kind: 'standardized'; readonly mean: readonly number[]; readonly std: readonly number[] };

export type Classification = {
  readonly activation?: 'softmax' | 'sigmoid' | 'other';
  readonly activationNote?: string;
  readonly classes?:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'url'; readonly url: string; readonly sha256: string; readonly count: number };
};

export type TrainingEffect =
  | 'batch-norm'
  | 'dropout'
  | 'stochastic-depth'
  | 'augmentation'
  | 'noise'
  | 'other';

export type FineTuning = {
  /** A number: exactly that many. */
  readonly trainableVariables: boolean | number;
  readonly trainingArgument: boolean;
  /** What `training=True` changes; empty: nothing. Undefined where the spec does not say. */
  readonly trainingEffects?: readonly TrainingEffect[];
  readonly regularizationLosses: number | 'any';
};

export type Hyperparameter = {
  readonly name: string;
  readonly type: 'float' | 'int' | 'bool';
  readonly default: number | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly affects: 'training' | 'inference' | 'state';
};

export type Example = {
  readonly image: string;
  readonly expects:
    | { readonly kind: 'class'; readonly class: number | string }
    | { readonly kind: 'output'; readonly path: string; readonly tolerance: number };
};

export type DeclaredEndpoint =
  | { readonly kind: 'method'; readonly name: string }
  | { readonly kind: 'signature'; readonly name: string; readonly output: string };

export type Limits = {
  /** For one check. */
  readonly deadlineMs: number;
  /** Time for all checks of the model that call it. */
  readonly modelDeadlineMs: number;
  readonly memoryBytes: number;
  readonly pixelsPerCall: number;
};

export type Waiver = {
  /** A check id. */
  readonly check: string;
  readonly reason: string;
  /** YYYY-MM-DD; the last day it holds. */
  readonly expires?: string;
  /** The check may pass or fail: neither fails the run. */
  readonly flaky?: boolean;
  /** Fingerprint of the only finding that is accepted. Left out: any. */
  readonly finding?: string;
};
