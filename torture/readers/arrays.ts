import { UnusableArray } from '../../harness/images/read-npy.js';
import { scoresIn } from '../../suites/classification/npy.js';
import { expectSentence, type Reader } from './reader.js';

/** Reads a row of scores from a NumPy file. */
export function arrayReader(): Reader {
  return async ({ files }) => {
    try {
      scoresIn(files['row.npy'] ?? new Uint8Array());
      return 'accepted';
    } catch (error) {
      if (!(error instanceof UnusableArray)) throw error;
      expectSentence(error.message);
      return 'refused';
    }
  };
}
