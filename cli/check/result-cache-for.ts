import path from 'node:path';
import { ResultCache, resultFolder } from '../../api/result-cache.js';
import { visible } from '../../reports/wording/visible.js';
import type { CheckFlags } from '../check-flags.js';
import type { Io } from '../io.js';

/** The cache of results. Only a run whose seed was given can be known; any other draws images that none has seen. */
export function resultCacheFor(options: CheckFlags, { stderr }: Pick<Io, 'stderr'>): ResultCache | undefined {
  const { cache = true, cacheDir, cacheReadOnly = false, explainCache = false, seed } = options;
  const explain = (spec: string, why: string) => {
    stderr.write(`cache: ${visible(path.relative('', spec))}: ${visible(why)}\n`);
  };
  if (cache && seed !== undefined && !process.env.ASSAY_NO_CACHE)
    return new ResultCache({
      folder: cacheDir ?? resultFolder(),
      readOnly: cacheReadOnly,
      ...(explainCache ? { explain } : {}),
    });
  if (explainCache)
    stderr.write(
      `cache: not used: ${seed === undefined ? 'give a --seed, as each other run draws new images' : 'switched off'}\n`,
    );
  return undefined;
}
