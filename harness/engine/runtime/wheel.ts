import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addonSources } from './addon-sources.js';
import { checkFreeSpace } from './cache.js';
import { compileObjects, demandCompiler, linkAddon } from './compile.js';
import { finishDraft } from './finish-draft.js';
import { addonName } from './manifest.js';
import { findPip } from './pip.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';
import { runBoth } from './run-both.js';
import { fetchWheel } from './wheel-download.js';
import { unpackHeaders, unpackLibraries } from './wheel-unpack.js';

/** Bytes: the wheel, twice while pip copies it, and what is taken out of it. */
const neededBytes = 1.6e9;

/** Fills a draft folder with the libraries of TensorFlow's wheel and an addon that loads them. */
export async function fillFromWheel(
  version: string,
  platform: Platform,
  draft: string,
  work: StepContext,
): Promise<void> {
  await checkFreeSpace(draft, neededBytes);
  await demandCompiler(platform, work);
  const python = await findPip(platform, work.signal);
  const scratch = join(draft, 'scratch');
  const [fetched, sources] = await runBoth(
    work,
    (work) => fetchWheel(python, version, platform, scratch, work),
    (work) => addonSources(join(scratch, 'addon'), work),
  );
  const include = await unpackHeaders(fetched.wheel, scratch, work);
  const [, objects] = await runBoth(
    work,
    (work) => unpackLibraries(fetched.wheel, draft, platform, work),
    (work) => compileObjects(sources, include, platform, work),
  );
  const libraries = platform.wheelLibraries.map((name) => join(draft, name));
  const linking = { objects, libraries, rpath: platform.besideAddon, output: join(draft, addonName) };
  await linkAddon(linking, platform, work);
  await rm(scratch, { recursive: true });
  const { wheel, sha256, checkedBy } = fetched;
  const download = { sha256, checkedBy };
  const facts = { source: 'wheel', origin: basename(wheel), addon: addonName, download } as const;
  await finishDraft({ draft, libraries: platform.wheelLibraries, expected: version, facts }, platform, work);
}
