import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addonSources } from './addon-sources.js';
import { compileObjects, demandCompiler, linkAddon } from './compile.js';
import { finishDraft } from './finish-draft.js';
import { findLibraries } from './library-folder.js';
import { addonName } from './manifest.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';

/** Fills a draft folder with an addon that loads the libraries from where they are: nothing large is copied. */
export async function fillFromFolder(
  folder: string,
  expected: string | undefined,
  platform: Platform,
  draft: string,
  work: StepContext,
): Promise<void> {
  const found = await findLibraries(folder, platform);
  await demandCompiler(platform, work);
  const scratch = join(draft, 'scratch');
  const sources = await addonSources(scratch, work);
  const objects = await compileObjects(sources, found.include, platform, work);
  const { libraries } = found;
  await linkAddon(
    { objects, libraries, rpath: found.folder, output: join(draft, addonName) },
    platform,
    work,
  );
  await rm(scratch, { recursive: true });
  const facts = { source: 'folder', origin: folder, addon: addonName } as const;
  await finishDraft({ draft, libraries, expected, facts }, platform, work);
}
