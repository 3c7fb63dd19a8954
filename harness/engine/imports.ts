import type { EngineError } from './process/failures.js';

/** What TensorFlow says of the model's functions, called or not. */
export interface ModelImports {
  /** Imports each function, as Python does when it loads a model. @throws EngineError */
  imports(): Promise<Imports>;
}

/** Why TensorFlow refuses functions, of so many that it was given; or why that could not be found out. */
export type Imports =
  | {
      readonly kind: 'imported';
      readonly count: number;
      readonly refused: readonly { readonly function: string; readonly why: string }[];
      /** What kept TensorFlow from loading the model, where it did not. */
      readonly notLoaded?: EngineError;
    }
  | { readonly kind: 'unavailable'; readonly why: string };
