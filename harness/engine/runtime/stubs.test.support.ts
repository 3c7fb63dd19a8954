import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished, vi } from 'vitest';
import { record, writeManifest } from './manifest.js';
import { type Platform, thisPlatform } from './platform.js';
import type { PreparationStep, StepContext } from './progress.js';

export const platform: Platform = thisPlatform();

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty cache, for this test only. */
export function temporaryCache(): string {
  const folder = temporaryFolder();
  vi.stubEnv('ASSAY_CACHE', folder);
  vi.stubEnv('ASSAY_TENSORFLOW_FOLDER', '');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

/** Puts commands, given as shell scripts, on the PATH: before all others, or alone. */
export function fakeCommands(
  scripts: Readonly<Record<string, string>>,
  how: 'first' | 'alone' = 'first',
): string {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', how === 'first' ? `${folder}:${process.env.PATH}` : folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

/** Work that records its progress. */
export function recordedWork(signal?: AbortSignal): StepContext & { readonly progressed: PreparationStep[] } {
  const progressed: PreparationStep[] = [];
  return { progressed, onProgress: (progress) => progressed.push(progress), signal };
}

const require = createRequire(import.meta.url);
const source = fileURLToPath(new URL('../../../../harness/engine/runtime/stub-addon.c', import.meta.url));

const ownPath = process.env.PATH;
const stubs = join(tmpdir(), `assay-stubs-${process.pid}-${Date.now()}`);
afterAll(() => rmSync(stubs, { recursive: true, force: true }));

/** Path of a stub of the addon that says it has this TensorFlow; compiled once for each version and test file. */
export function stubAddon(version = '2.21.0'): string {
  const file = join(stubs, `${version}.node`);
  if (existsSync(file)) return file;
  mkdirSync(stubs, { recursive: true });
  const { include_dir } = require('node-api-headers') as { include_dir: string };
  const shared = platform.name.startsWith('darwin')
    ? ['-bundle', '-undefined', 'dynamic_lookup']
    : ['-shared'];
  const flags = [...shared, '-fPIC', `-DVERSION="${version}"`, '-DNAPI_VERSION=8', '-I', include_dir];
  execFileSync('cc', [...flags, source, '-o', file], { env: { ...process.env, PATH: ownPath } });
  return file;
}

export type StubRuntime = { readonly version?: string; readonly source?: 'wheel' | 'folder' | 'installer' };

/** Makes a folder a prepared runtime, with a stub of the addon and one small library. */
export async function stubRuntime(
  folder: string,
  { version = '2.21.0', source = 'wheel' }: StubRuntime = {},
) {
  mkdirSync(folder, { recursive: true });
  cpSync(stubAddon(version), join(folder, 'tfjs_binding.node'));
  writeFileSync(join(folder, 'libtensorflow_cc.so.2'), 'library');
  const paths = ['tfjs_binding.node', 'libtensorflow_cc.so.2'];
  const files = await Promise.all(paths.map((path) => record(folder, path)));
  const preparedAt = new Date().toISOString();
  const versions = { platform: platform.name, tensorflow: version, tfjsNode: '4.22.0', preparedAt };
  await writeManifest(folder, {
    format: 2,
    ...versions,
    source,
    origin: 'a stub',
    addon: 'tfjs_binding.node',
    files,
  });
}
