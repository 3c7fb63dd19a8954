import type { Contract } from '../../harness/contract/contract.js';
import type { Level } from '../../harness/verdict/run.js';

/** The contract forbids dropout on feature vectors; on logits, it is only bad practice. */
export function levelOfDropout({ api }: Contract): Level {
  return api === 'image-feature-vector' ? 'must' : 'should';
}
