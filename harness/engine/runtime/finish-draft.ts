import { join } from 'node:path';
import { type Manifest, record, writeManifest } from './manifest.js';
import { tfjsNode } from './pins.js';
import type { Platform } from './platform.js';
import { probe } from './probe.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';
import { sameRelease } from './version.js';

export type Draft = {
  readonly draft: string;
  /** Relative to the draft, or absolute. */
  readonly libraries: readonly string[];
  /** The requested TensorFlow version. */
  readonly expected?: string | undefined;
  /** Entries of the manifest that are not measured here. */
  readonly facts: Pick<Manifest, 'source' | 'origin' | 'addon'> & Partial<Pick<Manifest, 'download'>>;
};

/** Loads a finished draft in a process of its own and writes its manifest. */
export async function finishDraft(
  { draft, libraries, expected, facts }: Draft,
  platform: Platform,
  work: StepContext,
) {
  work.onProgress({ step: 'check', label: 'Loading the addon' });
  const probed = await probe(join(draft, facts.addon), work.signal);
  if (!probed.loads)
    throw new SourceUnavailable(`The addon was built but does not load: ${probed.why}.`, 'assay doctor');
  const { tensorflow } = probed;
  if (expected !== undefined && !sameRelease(expected, tensorflow))
    throw new SourceUnavailable(
      `${facts.origin} has TensorFlow ${tensorflow}, not ${expected}.`,
      `assay setup --tensorflow ${tensorflow}`,
    );
  const paths = [facts.addon, ...libraries];
  const files = await Promise.all(paths.map((path) => record(draft, path, work.signal)));
  const preparedAt = new Date().toISOString();
  const made = { platform: platform.name, tensorflow, tfjsNode: tfjsNode.version, preparedAt };
  await writeManifest(draft, { format: 2, ...made, ...facts, files });
}
