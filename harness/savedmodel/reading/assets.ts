import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { MetaGraphDef } from '../gen/saved_model_pb.js';
import { NotASavedModel } from '../refusal.js';
import { assetPath } from './resource.js';

/**
 * Throws NotASavedModel where a file that tables are filled from was left behind. A path that leads elsewhere is not looked
 * at: it is a matter of safety.
 */
export function requireAssets(folder: string, { assetFileDef }: Pick<MetaGraphDef, 'assetFileDef'>): void {
  const missing = assetFileDef
    .filter(({ filename }) => !/^[/\\]|\.\.|:/.test(filename))
    .map(({ filename }) => assetPath(filename))
    .find((path) => lstatSync(join(folder, path), { throwIfNoEntry: false }) === undefined);
  if (missing === undefined) return;
  throw new NotASavedModel(
    `${folder} lacks ${missing}, which the SavedModel names, so hub.load raises FileNotFoundError.`,
    'Copy or upload the whole folder that tf.saved_model.save wrote, assets/ included.',
  );
}
