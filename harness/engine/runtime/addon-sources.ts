import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { lastWords, run } from './command.js';
import { digestOf } from './digest.js';
import { tfjsNode } from './pins.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';

/**
 * Fetches the npm package with the user's own npm settings, checks it against the pinned integrity and unpacks the
 * addon's C++ sources. Returns the folder that holds `binding/`.
 */
export async function addonSources(folder: string, work: StepContext): Promise<string> {
  await mkdir(folder, { recursive: true });
  work.onProgress({
    step: 'download',
    label: `Downloading the sources of ${tfjsNode.name} ${tfjsNode.version}`,
  });
  const archive = await pack(folder, work.signal);
  await checkIntegrity(archive, work.signal);
  await extract({ file: archive, cwd: folder, filter: (path) => path.startsWith('package/binding/') });
  return join(folder, 'package');
}

async function pack(folder: string, signal?: AbortSignal): Promise<string> {
  const args = ['pack', `${tfjsNode.name}@${tfjsNode.version}`, '--ignore-scripts', '--loglevel=error'];
  const outcome = await run('npm', args, { cwd: folder, signal, timeoutMs: 180_000 });
  if (outcome.status === 'missing')
    throw new SourceUnavailable('npm was not found.', 'Put npm on the PATH: npm --version');
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (outcome.status === 'finished' && outcome.code === 0 && archive !== undefined)
    return join(folder, archive);
  const why = outcome.status === 'killed' ? 'it took more than three minutes' : lastWords(outcome);
  throw new SourceUnavailable(
    `npm could not fetch ${tfjsNode.name}@${tfjsNode.version}: ${why}`,
    `Look at the output of: npm view ${tfjsNode.name}@${tfjsNode.version} dist`,
  );
}

async function checkIntegrity(archive: string, signal?: AbortSignal): Promise<void> {
  const found = `sha512-${await digestOf(archive, 'sha512', 'base64', signal)}`;
  if (found === tfjsNode.integrity) return;
  throw new SourceUnavailable(
    `npm's ${tfjsNode.name} ${tfjsNode.version} is not the one that assay was tested with: its integrity is ${found}, expected ${tfjsNode.integrity}.`,
    'Ask the operator of your npm registry: npm config get registry',
  );
}
