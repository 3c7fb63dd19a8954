import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';

/** The listed trainable variables that have gradients. */
export function floatingTrainable(model: SavedModel): readonly Variable[] {
  return listedTrainable(model).filter(({ dtype }) => dtype.includes('float'));
}
