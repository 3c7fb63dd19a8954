import type { Kind } from '../kind.js';
import { archiveKinds } from './archives.js';
import { arrayKinds } from './arrays.js';
import { checkpointKinds } from './checkpoint.js';
import { classListKinds } from './class-lists.js';
import { imageKinds } from './images.js';
import { runKinds } from './runs.js';
import { savedModelKinds } from './saved-model.js';
import { specKinds } from './specs.js';

/** Every kind, format by format. `canary` is a folder that archives aim at. */
export function allKinds(canary: string): readonly Kind[] {
  return [
    ...savedModelKinds,
    ...checkpointKinds,
    ...specKinds,
    ...classListKinds,
    ...imageKinds,
    ...arrayKinds,
    ...archiveKinds(canary),
    ...runKinds,
  ];
}
