import { join } from 'node:path';
import { runtimeFolder } from './cache.js';
import { addonName, damage, readManifest } from './manifest.js';
import { defaultTensorflow } from './pins.js';
import { thisPlatform } from './platform.js';
import { prepare } from './prepare.js';
import type { Progress } from './progress.js';
import { fillFromWheel } from './wheel.js';
export type Runtime = {
  readonly addon: string;
  readonly tensorflow: string;
  readonly tfjsNode: string;
  readonly source: 'installed' | 'folder' | 'wheel' | 'installer';
  readonly folder: string;
};
export type RuntimeOptions = {
  readonly version?: string | undefined;
  readonly folder?: string | undefined;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal | undefined;
};

export async function findRuntime(options: RuntimeOptions = {}): Promise<Runtime | undefined> {
  return preparedIn(runtimeFolder(`tensorflow-${options.version ?? defaultTensorflow}`, thisPlatform().name));
}

export async function ensureRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const version = options.version ?? defaultTensorflow;
  const platform = thisPlatform();
  const target = runtimeFolder(`tensorflow-${version}`, platform.name);
  const found = await preparedIn(target);
  if (found) return found;
  const work = { onProgress: options.onProgress ?? (() => {}), signal: options.signal };
  return prepare(
    {
      target,
      ready: () => preparedIn(target),
      make: (draft, w) => fillFromWheel(version, platform, draft, w),
    },
    work,
  );
}

async function preparedIn(folder: string): Promise<Runtime | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined || (await damage(folder, manifest, 'quick'))) return undefined;
  const { tensorflow, tfjsNode, source } = manifest;
  return { addon: join(folder, addonName), tensorflow, tfjsNode, source, folder };
}
