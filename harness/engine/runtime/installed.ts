import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unlessSystemError } from '../../verdict/system-error.js';
import { cacheFolder } from './cache.js';
import { unlessNotInstalled } from './not-installed.js';
import { tfjsNode } from './pins.js';
import { type Probed, probe } from './probe.js';
import { readJson } from './read-json.js';
import type { Runtime } from './runtime-found.js';
import { SourceUnavailable } from './source-unavailable.js';
import { sameRelease } from './version.js';

/** The addon of a tfjs-node that is installed where the user works. @throws SourceUnavailable when none is usable */
export async function installedRuntime(
  cwd: string,
  version: string | undefined,
  signal?: AbortSignal,
): Promise<Runtime> {
  const folder = resolvePackage(cwd);
  if (folder === undefined) throw new SourceUnavailable(`Not installed in ${cwd}.`, '');
  const addon = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
  const probed = await rememberedProbe(addon, join(folder, 'deps', 'lib'), signal);
  if (!probed.loads)
    throw new SourceUnavailable(
      `Installed, but its addon does not load: ${probed.why}.`,
      `npm rebuild ${tfjsNode.name}`,
    );
  if (version !== undefined && !sameRelease(version, probed.tensorflow))
    throw new SourceUnavailable(`Installed with TensorFlow ${probed.tensorflow}, not ${version}.`, '');
  return {
    addon,
    tensorflow: probed.tensorflow,
    tfjsNode: await versionOf(folder),
    source: 'installed',
    folder,
  };
}

function resolvePackage(cwd: string): string | undefined {
  try {
    return dirname(createRequire(join(cwd, 'package.json')).resolve(`${tfjsNode.name}/package.json`));
  } catch (error) {
    return unlessNotInstalled(error);
  }
}

async function versionOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** How long a failed probe is trusted: what was missing may have been installed since. */
const failureTtlMs = 600_000;

/** Probes once for each state of the files: a process at every run would be slow. */
async function rememberedProbe(addon: string, libraries: string, signal?: AbortSignal): Promise<Probed> {
  const states = await Promise.all([addon, libraries].map(stateOf));
  if (states[0] === undefined) return { loads: false, why: `${addon} is missing` };
  const name = createHash('sha256')
    .update(JSON.stringify([addon, states, process.version]))
    .digest('hex');
  const memory = join(cacheFolder(), 'installed', `${name.slice(0, 16)}.json`);
  const remembered = await recall(memory);
  if (remembered !== undefined) return remembered;
  const probed = await probe(addon, signal);
  await remember(memory, probed).catch(unlessSystemError);
  return probed;
}

async function stateOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(unlessSystemError);
  return found && `${found.size} ${found.mtimeMs}`;
}

async function recall(memory: string): Promise<Probed | undefined> {
  const probed = (await readJson(memory)) as Probed | undefined;
  const found = await stat(memory).catch(unlessSystemError);
  if (probed?.loads) return probed;
  return found && Date.now() - found.mtimeMs < failureTtlMs ? probed : undefined;
}

async function remember(memory: string, probed: Probed): Promise<void> {
  await mkdir(dirname(memory), { recursive: true });
  await writeFile(memory, JSON.stringify(probed));
}
