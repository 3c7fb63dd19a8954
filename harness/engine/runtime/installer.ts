import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extract } from 'tar';
import { addonSources } from './addon-sources.js';
import { checkFreeSpace } from './cache.js';
import { compileObjects, linkAddon } from './compile.js';
import { sha256Of } from './digest.js';
import { fetchFile } from './fetch-file.js';
import { finishDraft } from './finish-draft.js';
import { installerTensorflow, tfjsNode } from './pins.js';
import type { Platform } from './platform.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';

/** Bytes: the archive and what is in it. */
const neededBytes = 6e8;

/** Where tfjs-node's installer puts the addon, which finds the libraries from there. */
const addon = join('lib', 'napi-v8', 'tfjs_binding.node');
const librariesFromAddon = '../../deps/lib';

/**
 * Fills a draft folder with the downloads of tfjs-node's own installer, in its layout: libtensorflow, and an addon
 * that is compiled here or, where that fails, the prebuilt one. No hashes of either are published.
 */
export async function fillFromInstaller(platform: Platform, draft: string, work: StepContext): Promise<void> {
  await checkFreeSpace(draft, neededBytes);
  const url = libraryUrl(platform.name);
  const archive = join(draft, 'libtensorflow.tar.gz');
  await fetchFile(url, archive, 'Downloading libtensorflow', work);
  const sha256 = await sha256Of(archive, work.signal);
  const scratch = join(draft, 'scratch');
  await unpack(archive, scratch);
  await mkdir(join(draft, 'deps'));
  await rename(join(scratch, 'lib'), join(draft, 'deps', 'lib'));
  await mkdir(dirname(join(draft, addon)), { recursive: true });
  await buildAddon(platform, draft, scratch, work).catch((error) => fetchAddon(error, platform, draft, work));
  await Promise.all([rm(archive), rm(scratch, { recursive: true })]);
  const libraries = (await readdir(join(draft, 'deps', 'lib'))).map((name) => join('deps', 'lib', name));
  const facts = {
    source: 'installer',
    origin: url,
    addon,
    download: { sha256, checkedBy: 'nobody' },
  } as const;
  await finishDraft({ draft, libraries, facts }, platform, work);
}

/** The same host, and the same variables to change it, as in tfjs-node's installer. */
function storage(): string {
  const {
    TFJS_NODE_CDN_STORAGE: asked,
    npm_config_TFJS_NODE_CDN_STORAGE: npm,
    CDN_STORAGE: short,
  } = process.env;
  return (asked || npm || short || 'https://storage.googleapis.com').replace(/\/*$/, '/');
}

function libraryUrl(platform: string): string {
  const base = `${storage()}tensorflow/libtensorflow/libtensorflow-cpu-`;
  const paths: Readonly<Record<string, string>> = {
    'linux-x64': `${base}linux-x86_64-${installerTensorflow}.tar.gz`,
    'darwin-x64': `${base}darwin-x86_64-${installerTensorflow}.tar.gz`,
    'linux-arm64': `${storage()}tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz`,
    'darwin-arm64': `${storage()}tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz`,
  };
  return paths[platform] ?? `${base}${platform}`;
}

async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    await extract({ file: archive, cwd: folder, strict: true });
    await readdir(join(folder, 'lib'));
  } catch (error) {
    throw new SourceUnavailable(
      `tfjs-node's download is damaged: ${(error as Error).message}.`,
      'assay setup --force',
    );
  }
}

async function buildAddon(
  platform: Platform,
  draft: string,
  scratch: string,
  work: StepContext,
): Promise<void> {
  const sources = await addonSources(join(scratch, 'addon'), work);
  const objects = await compileObjects(sources, join(scratch, 'include'), platform, work);
  const libraries = platform.plainLibraries.map((name) => join(draft, 'deps', 'lib', name));
  const rpath = `${platform.besideAddon}/${librariesFromAddon}`;
  await linkAddon({ objects, libraries, rpath, output: join(draft, addon) }, platform, work);
}

/** The prebuilt addon, when compiling failed; that failure is the one to report when this fails too. */
async function fetchAddon(
  failure: unknown,
  platform: Platform,
  draft: string,
  work: StepContext,
): Promise<void> {
  if (!(failure instanceof SourceUnavailable)) throw failure;
  const system = platform.name.startsWith('darwin') ? 'darwin' : 'linux';
  const name = `CPU-${system}-${tfjsNode.version}.tar.gz`;
  const url = `${storage()}tf-builds/pre-built-binary/napi-v8/${tfjsNode.version}/${name}`;
  const archive = join(draft, name);
  try {
    await fetchFile(url, archive, 'Downloading the prebuilt addon', work);
    await extract({ file: archive, cwd: dirname(join(draft, addon)), strip: 1, strict: true });
    await rm(archive);
  } catch (error) {
    work.signal?.throwIfAborted();
    throw error instanceof TypeError ? error : failure;
  }
}
