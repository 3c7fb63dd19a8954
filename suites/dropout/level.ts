import type { Contract } from '../../harness/contract/contract.js';
import type { Level } from '../../harness/verdict/run.js';

/** The contract forbids dropout on feature vectors; on logits, good sense does. */
export function levelOfDropout({ api }: Contract): Level {
  return api === 'image-feature-vector' ? 'must' : 'should';
}
