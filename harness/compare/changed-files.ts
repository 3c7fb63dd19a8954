import type { ModelSession } from '../run/model-session.js';
import { reasonOf } from './called-both.js';

/** A model that was checked, and is called in this session. */
export type Checked = {
  readonly session: Pick<ModelSession, 'expectUnchanged' | 'digestAndCallTime'>;
  /** Of the files that were checked; empty where they could not be read. */
  readonly digest: string;
};

/** What was found holds for no single model where files changed since they were checked: why, a sentence each. */
export async function changedFiles(models: readonly Checked[], signal: AbortSignal): Promise<string[]> {
  const why: string[] = [];
  for (const { session, digest } of models) {
    try {
      await session.expectUnchanged();
      const { digest: now } = await session.digestAndCallTime();
      if (digest !== '' && now !== '' && now !== digest) why.push(afterwards);
    } catch (error) {
      why.push(reasonOf(error, signal));
    }
  }
  return why;
}

const afterwards =
  'The files of the model changed after it was checked. Compare it again once nothing writes to them.';
