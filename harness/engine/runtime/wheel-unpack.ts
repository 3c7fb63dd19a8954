import { basename, join } from 'node:path';
import { diskError } from './cache.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';
import { type Selection, unzip } from './unzip.js';

/** The C API's headers and those they include, which moved from one version to the next. */
const headers = /^tensorflow\/(include\/(?:tensorflow\/(?:c|core\/platform|tsl)|tsl|xla\/tsl)\/.*\.h)$/;

/** Writes the wheel's C headers below a folder and returns the folder to include from. */
export async function unpackHeaders(wheel: string, folder: string, work: StepContext): Promise<string> {
  await unpack(wheel, folder, (name) => headers.exec(name)?.[1], work);
  return join(folder, 'include');
}

/** Writes the wheel's two native libraries into a folder. */
export async function unpackLibraries(
  wheel: string,
  folder: string,
  platform: Platform,
  work: StepContext,
): Promise<void> {
  const places = new Map(platform.wheelLibraries.map((name) => [`tensorflow/${name}`, name]));
  const unpacked = await unpack(wheel, folder, (name) => places.get(name), work);
  const missing = platform.wheelLibraries.filter((name) => !unpacked.includes(name));
  if (missing.length === 0) return;
  throw new SourceUnavailable(
    `${basename(wheel)} has no ${missing.join(' and no ')}; wheels have them since TensorFlow 2.12.`,
    'assay setup --tensorflow 2.12.0',
  );
}

async function unpack(
  wheel: string,
  folder: string,
  place: Selection['place'],
  work: StepContext,
): Promise<string[]> {
  const name = basename(wheel);
  const label = `Unpacking ${name.split('-', 2).join(' ')}`;
  const onProgress = (done: number, total: number) => work.onProgress({ step: 'unpack', label, done, total });
  try {
    return await unzip(wheel, folder, { place, onProgress, signal: work.signal });
  } catch (error) {
    work.signal?.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    throw (
      diskError(folder, error) ??
      new SourceUnavailable(`${name} is damaged: ${why}.`, 'python3 -m pip cache purge')
    );
  }
}
