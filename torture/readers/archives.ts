import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { Files } from './files.js';
import { Misbehaved, type Place, type Reader } from './reader.js';

/** Unpacks an archive into a cache of its own, and removes it again. */
export function archiveReader({ folder }: Place): Reader {
  const files = new Files(folder);
  const cacheFolder = path.join(folder, 'cache');
  return async (input) => {
    const archive = path.join(files.place(input), 'model.tar.gz');
    try {
      await obtainModel({ kind: 'archive', path: archive }, { cacheFolder });
      return 'accepted';
    } catch (error) {
      if (error instanceof UserError) expectNothingLeft(cacheFolder);
      throw error;
    } finally {
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  };
}

function expectNothingLeft(cacheFolder: string): void {
  const left = readdirSync(cacheFolder);
  if (left.length > 0) throw new Misbehaved(`The cache still has ${left.join(', ')}`);
}
