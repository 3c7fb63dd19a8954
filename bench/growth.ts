import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { withSubject } from '../proof/running.js';
import { resident } from './measured.js';

/** Memory after so many calls, in bytes. */
export type Grown = {
  readonly calls: number;
  /** Resident, of the process that runs the model. */
  readonly modelBytes: number;
  /** What the program that asks it holds, garbage collected. */
  readonly ownBytes: number;
};

const parts = 10;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Makes calls one after the other in one process of a model, each with other images, in turn at 49 sizes. */
export async function growth(specFile: string, calls: number): Promise<Grown[]> {
  return withSubject(specFile, async (subject) => {
    subject.deadline = Number.POSITIVE_INFINITY;
    const grown: Grown[] = [];
    for (let made = 1; made <= calls; made++) {
      const size = { height: 16 + (made % 7) * 8, width: 16 + (Math.floor(made / 7) % 7) * 8 };
      await subject.call({ count: 2, ...size, pattern: 'noise', seed: made });
      if (made % (calls / parts) !== 0) continue;
      collectGarbage();
      const { allBytes: modelBytes } = await resident(subject.pid ?? 0);
      grown.push({ calls: made, modelBytes, ownBytes: process.memoryUsage().heapUsed });
    }
    return grown;
  });
}
