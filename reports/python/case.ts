import type { CheckResult } from '../../harness/verdict/run.js';

/** What a script for Python is written from: a failed check, and what its spec says about the call. */
export type PythonCase = {
  readonly model: string;
  readonly check: CheckResult;
  /** A folder or an archive by its path, or an archive by its URL. */
  readonly source: { readonly kind: 'folder' | 'archive' | 'url'; readonly at: string };
  readonly endpoint:
    | { readonly kind: 'method'; readonly name: string }
    | { readonly kind: 'signature'; readonly name: string; readonly output: string };
  /** What images in [0, 1] are turned into for the model. */
  readonly colors:
    | { readonly kind: 'range'; readonly min: number; readonly max: number }
    | { readonly kind: 'standardized'; readonly mean: readonly number[]; readonly std: readonly number[] };
  /** `num_classes` or `num_features`. */
  readonly columns: number;
  /** Height and width, in pixels. */
  readonly smallest: readonly [number, number];
  readonly largest: readonly [number, number];
  readonly fineTuned: boolean;
  readonly trainingArgument: boolean;
  /** How many regularization losses are declared; left out, any number. */
  readonly losses?: number;
  readonly hyperparameters: readonly PythonHyperparameter[];
};

export type PythonHyperparameter = {
  readonly name: string;
  readonly type: 'float' | 'int' | 'bool';
  readonly default: number | boolean;
  /** Both ends of its range, and the default. */
  readonly values: readonly (number | boolean)[];
  readonly affects: 'training' | 'inference' | 'state';
};

/** How a script shows that a promise is broken. */
export type Proof = {
  readonly code: (one: PythonCase) => string;
  /** It loads the model itself, for that is what may fail. */
  readonly loads?: true;
  /** Why no call shows this very failure; undefined when one does. */
  readonly cannot?: (one: PythonCase) => string | undefined;
};
