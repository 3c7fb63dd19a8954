import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { sha256Of } from './digest.js';
import { pinnedPython, wheelSha256 } from './pins.js';
import { downloadWheel, NoSuchWheel, type WheelRequest } from './pip.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';

export type FetchedWheel = {
  readonly wheel: string;
  readonly sha256: string;
  /** `pip`: only pip verified it, against the index. */
  readonly checkedBy: 'pin' | 'pip';
};

/** Downloads TensorFlow's wheel for this platform into a folder and checks it. */
export async function fetchWheel(
  python: string,
  version: string,
  platform: Platform,
  folder: string,
  work: StepContext,
): Promise<FetchedWheel> {
  let noSuchWheel: NoSuchWheel | undefined;
  const hollow = new Set<string>();
  for (const wanted of candidates(version, platform)) {
    if (hollow.has(wanted.package)) continue;
    try {
      const wheel = await downloadWheel(python, wanted, platform, folder, work);
      if (!(await isHollow(wheel))) return await check(wheel, work);
      hollow.add(wanted.package);
      await rm(wheel);
    } catch (error) {
      if (!(error instanceof NoSuchWheel)) throw error;
      noSuchWheel ??= error;
    }
  }
  throw (
    noSuchWheel ??
    new SourceUnavailable(`The wheels of TensorFlow ${version} hold no libraries.`, 'assay doctor')
  );
}

/** For arm64, `tensorflow` has up to 2.15 nothing but the name of the package that has the libraries: 2 kB. */
async function isHollow(wheel: string): Promise<boolean> {
  return /^tensorflow-.*(arm64|aarch64)\.whl$/.test(basename(wheel)) && (await stat(wheel)).size < 1e5;
}

/** The pinned Python first: TensorFlow 2.12 to 2.21 all have a wheel for it. */
export function candidates(version: string, platform: Platform): WheelRequest[] {
  const pythons = [pinnedPython, '3.12', '3.13', '3.10'];
  return platform.packages.flatMap((name) => pythons.map((python) => ({ package: name, version, python })));
}

async function check(wheel: string, work: StepContext): Promise<FetchedWheel> {
  const name = basename(wheel);
  work.onProgress({ step: 'check', label: `Checking ${name}` });
  const sha256 = await sha256Of(wheel, work.signal);
  const pinned = wheelSha256[name];
  if (pinned === undefined) return { wheel, sha256, checkedBy: 'pip' };
  if (pinned === sha256) return { wheel, sha256, checkedBy: 'pin' };
  throw new SourceUnavailable(
    `${name} is not the published file: its sha256 is ${sha256}, not ${pinned}.`,
    'python3 -m pip cache purge',
  );
}
