import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addonSources } from './addon-sources.js';
import { checkFreeSpace } from './cache.js';
import { compile } from './compile.js';
import { sha256Of } from './digest.js';
import { addonName } from './manifest.js';
import { defaultTensorflow, pinnedPython, wheelSha256 } from './pins.js';
import { download, findPip, NoSuchWheel, sha256FromIndex, type Wanted } from './pip.js';
import type { Platform } from './platform.js';
import type { Work } from './progress.js';
import { seal } from './seal.js';
import { Setback } from './setback.js';
import { unzip } from './unzip.js';

/** Bytes: the wheel, twice while pip copies it, and what is taken out of it. */
const neededBytes = 1.6e9;

/** Fills a draft folder with the libraries of TensorFlow's wheel and an addon that loads them. */
export async function fillFromWheel(
  version: string,
  platform: Platform,
  draft: string,
  work: Work,
): Promise<void> {
  await checkFreeSpace(draft, neededBytes);
  const python = await findPip(platform, work.signal);
  const scratch = join(draft, 'scratch');
  const { wheel, expected } = await fetchWheel(python, version, platform, scratch, work);
  work.onProgress({ step: 'check', label: `Checking ${basename(wheel)}` });
  const sha256 = await checkWheel(wheel, expected, work.signal);
  const sources = addonSources(join(scratch, 'addon'), work);
  const [folder] = await Promise.all([sources, unpackWheel(wheel, draft, platform, work)]);
  const libraries = platform.wheelLibraries.map((name) => join(draft, name));
  const include = join(scratch, 'include');
  const output = join(draft, addonName);
  await compile({ sources: folder, include, libraries, rpath: platform.besideAddon, output }, platform, work);
  await rm(scratch, { recursive: true });
  const checkedAgainst =
    expected === undefined ? 'nothing' : basename(wheel) in wheelSha256 ? 'pinned' : 'index';
  const origin = { source: 'wheel', origin: basename(wheel), download: { sha256, checkedAgainst } } as const;
  await seal(
    { draft, libraries: [...platform.wheelLibraries], expected: version, ...origin },
    platform,
    work,
  );
}

type Fetched = { readonly wheel: string; readonly expected: string | undefined };

async function fetchWheel(
  python: string,
  version: string,
  platform: Platform,
  scratch: string,
  work: Work,
): Promise<Fetched> {
  let last: NoSuchWheel | undefined;
  for (const wanted of candidates(version, platform)) {
    try {
      work.onProgress({ step: 'check', label: `Asking pip for ${wanted.package} ${wanted.version}` });
      const pinned = version === defaultTensorflow && wanted.python === pinnedPython;
      const fromIndex = pinned ? undefined : await sha256FromIndex(python, wanted, platform, work.signal);
      const wheel = await download(python, wanted, platform, scratch, work);
      return { wheel, expected: wheelSha256[basename(wheel)] ?? fromIndex };
    } catch (error) {
      if (!(error instanceof NoSuchWheel)) throw error;
      last ??= error;
    }
  }
  throw (
    last ?? new Setback(`No package carries TensorFlow for ${platform.name}.`, 'assay setup --from FOLDER')
  );
}

/** The pinned Python first: nearly every TensorFlow since 2.12 has a wheel for it. */
function candidates(version: string, platform: Platform): Wanted[] {
  const versions = [pinnedPython, '3.12', '3.13', '3.10'];
  return platform.packages.flatMap((name) => versions.map((python) => ({ package: name, version, python })));
}

async function checkWheel(
  wheel: string,
  expected: string | undefined,
  signal?: AbortSignal,
): Promise<string> {
  const found = await sha256Of(wheel, signal);
  if (expected === undefined || expected === found) return found;
  throw new Setback(
    `${basename(wheel)} is not the published file: its sha256 is ${found}, expected ${expected}.`,
    'python3 -m pip cache purge',
  );
}

async function unpackWheel(wheel: string, draft: string, platform: Platform, work: Work): Promise<void> {
  const places = new Map(platform.wheelLibraries.map((name) => [`tensorflow/${name}`, name]));
  const label = `Unpacking ${basename(wheel)}`;
  const onProgress = (done: number, total: number) => work.onProgress({ step: 'unpack', label, done, total });
  const place = (name: string) => places.get(name) ?? headerPlace(name);
  const unpacked = await unzip(wheel, draft, { place, onProgress, signal: work.signal }).catch((error) => {
    work.signal?.throwIfAborted();
    throw new Setback(
      `${basename(wheel)} cannot be unpacked: ${error.message}.`,
      'python3 -m pip cache purge',
    );
  });
  const missing = platform.wheelLibraries.filter((name) => !unpacked.includes(name));
  if (missing.length === 0) return;
  throw new Setback(
    `${basename(wheel)} carries no ${missing.join(' and no ')}: wheels before TensorFlow 2.12 do not.`,
    'assay setup --tensorflow 2.12.0',
  );
}

/** The C API's headers and those they include, which moved from one version to the next. */
const headers =
  /^tensorflow\/(include\/(?:tensorflow\/c|tensorflow\/core\/platform|tensorflow\/tsl|tsl|xla\/tsl)\/.*\.h)$/;

function headerPlace(name: string): string | undefined {
  const place = headers.exec(name)?.[1];
  return place === undefined ? undefined : join('scratch', place);
}
