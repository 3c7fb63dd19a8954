import type { Contract } from '../../harness/contract/contract.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Finding } from '../../harness/verdict/run.js';

/** A requirement of tensorflow_hub on the object that a KerasLayer wraps. */
export type LoaderCondition = {
  /** The function of tensorflow_hub that raises where the condition does not hold. */
  readonly raisedIn: string;
  readonly broken: (model: SavedModel, contract: Contract) => Broken | undefined;
};

export type Broken = Pick<Finding, 'expected' | 'actual' | 'remedy'>;
