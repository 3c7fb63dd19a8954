import path from 'node:path';
import { readRun } from '../../harness/store/stored-run.js';
import { formats } from '../../reports/formats.js';
import { Files } from './files.js';
import type { Place, Reader } from './reader.js';

/** Reads a stored run, and writes every report of it. */
export function runReader({ folder }: Place): Reader {
  const files = new Files(folder);
  return async (input) => {
    const run = await readRun(path.join(files.place(input), 'run.json'));
    for (const { render } of formats) render(run);
    return 'accepted';
  };
}
