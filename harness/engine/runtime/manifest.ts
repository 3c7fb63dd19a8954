import { rename, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { unlessSystemError } from '../../verdict/system-error.js';
import { sha256Of } from './digest.js';
import { readJson } from './read-json.js';

/** Written last into every folder that assay prepared: a folder without it was never finished. */
export const manifestName = 'runtime.json';
export const addonName = 'tfjs_binding.node';

/** The content of `runtime.json`. */
export type Manifest = {
  readonly format: 2;
  readonly platform: string;
  /** The version that the library itself reports. */
  readonly tensorflow: string;
  readonly tfjsNode: string;
  readonly source: 'folder' | 'wheel' | 'installer';
  /** ISO 8601. */
  readonly preparedAt: string;
  /** Where the libraries came from: a wheel's file name, a folder, an address. */
  readonly origin: string;
  /** sha256 of the download, and what verified it: a pin of ours, pip with its index, or nothing. */
  readonly download?: { readonly sha256: string; readonly checkedBy: 'pin' | 'pip' | 'nobody' };
  /** Relative to the manifest's folder. */
  readonly addon: string;
  /** The addon, then the libraries it loads. */
  readonly files: readonly RecordedFile[];
};

export type RecordedFile = {
  /** Relative to the manifest's folder, or absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970, whole: archives keep no more. */
  readonly modified: number;
  readonly sha256: string;
};

/** The manifest of a folder; undefined when there is none that this version of assay wrote. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const manifest = (await readJson(join(folder, manifestName))) as Partial<Manifest> | null | undefined;
  const whole = manifest?.format === 2 && typeof manifest.addon === 'string' && Array.isArray(manifest.files);
  return whole ? (manifest as Manifest) : undefined;
}

/** Writes it in one step: another process sees the old one or the new one. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `${manifestName}.${process.pid}`);
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(draft, join(folder, manifestName));
}

/** Measures a file for the manifest of `folder`. */
export async function record(folder: string, path: string, signal?: AbortSignal): Promise<RecordedFile> {
  const file = resolve(folder, path);
  const { size } = await stat(file);
  return { path, size, modified: await modifiedOf(file), sha256: await sha256Of(file, signal) };
}

const modifiedOf = async (file: string): Promise<number> => Math.floor((await stat(file)).mtimeMs / 1000);

/**
 * The first difference of a folder's files from its manifest; undefined when there is none.
 * `quick` trusts a file whose size and time are as recorded; `thorough` reads every byte.
 */
export async function damage(
  folder: string,
  manifest: Manifest,
  how: 'quick' | 'thorough',
): Promise<string | undefined> {
  for (const recorded of manifest.files) {
    const file = resolve(folder, recorded.path);
    const found = await stat(file).catch(unlessSystemError);
    if (found === undefined) return `${basename(file)} is missing`;
    if (found.size !== recorded.size)
      return `${basename(file)} has ${found.size} bytes, not ${recorded.size}`;
    const untouched = Math.floor(found.mtimeMs / 1000) === recorded.modified;
    if (how === 'quick' && untouched) continue;
    if ((await sha256Of(file)) !== recorded.sha256)
      return `${basename(file)} has another sha256 than when it was prepared`;
  }
  return undefined;
}

/** Records the times of files that are intact but were copied, so that they aren't read again at every start. */
export async function acceptTimes(folder: string, manifest: Manifest): Promise<void> {
  const accept = async (recorded: RecordedFile): Promise<RecordedFile> => {
    const modified = await modifiedOf(resolve(folder, recorded.path));
    return modified === recorded.modified ? recorded : { ...recorded, modified };
  };
  const files = await Promise.all(manifest.files.map(accept));
  if (files.every((file, at) => file === manifest.files[at])) return;
  await writeManifest(folder, { ...manifest, files }).catch(unlessSystemError);
}
