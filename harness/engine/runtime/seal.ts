import { join } from 'node:path';
import { addonName, type Manifest, record, writeManifest } from './manifest.js';
import { tfjsNode } from './pins.js';
import type { Platform } from './platform.js';
import { probe } from './probe.js';
import type { Work } from './progress.js';
import { Setback } from './setback.js';

export type Draft = Pick<Manifest, 'source' | 'origin' | 'download'> & {
  readonly draft: string;
  /** Relative to the draft, or absolute. */
  readonly libraries: readonly string[];
  /** The TensorFlow version that was asked for. */
  readonly expected?: string | undefined;
};

/** Tries a finished draft in a process of its own and writes down what it consists of. */
export async function seal(draft: Draft, platform: Platform, work: Work): Promise<void> {
  work.onProgress({ step: 'check', label: 'Loading the addon' });
  const probed = await probe(join(draft.draft, addonName), work.signal);
  if (!probed.loads)
    throw new Setback(`The addon was built but does not load: ${probed.why}.`, 'assay doctor');
  const { tensorflow } = probed;
  if (draft.expected !== undefined && tensorflow !== draft.expected)
    throw new Setback(
      `${draft.origin} holds TensorFlow ${tensorflow}, not ${draft.expected}.`,
      `assay setup --tensorflow ${tensorflow}`,
    );
  const paths = [addonName, ...draft.libraries];
  const files = await Promise.all(paths.map((path) => record(draft.draft, path, work.signal)));
  const { source, origin, download } = draft;
  const made = {
    tensorflow,
    tfjsNode: tfjsNode.version,
    source,
    origin,
    ...(download ? { download } : {}),
    files,
  };
  await writeManifest(draft.draft, { format: 1, platform: platform.name, ...made });
}
