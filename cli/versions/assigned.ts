import { versionOrder } from '../../harness/engine/runtime/version.js';
import type { ReadSpec } from '../../harness/run/read-specs.js';
import { writtenWith } from '../../harness/verdict/versions.js';
import { writerOf as readWriter, type Writer } from './written-with.js';

/** Which specs run on which version. */
export type Assigned = {
  /** From the oldest to the newest. */
  readonly versions: readonly { readonly version: string; readonly specs: readonly ReadSpec[] }[];
  /** The writers of the models, by spec file. */
  readonly writers: ReadonlyMap<string, Writer>;
};

/** Runs every spec on each version that is named, and on the one that wrote its model where that is requested. */
export async function assigned(
  specs: readonly ReadSpec[],
  requested: readonly string[],
  writerOf: (spec: ReadSpec) => Promise<Writer> = readWriter,
): Promise<Assigned> {
  const writers = new Map<string, Writer>();
  for (const spec of specs) writers.set(spec.file, await writerOf(spec));
  const byWriter = requested.includes(writtenWith)
    ? [...writers.values()].flatMap((writer) => ('version' in writer ? [writer.version] : []))
    : [];
  const versions = [...new Set([...requested.filter((one) => one !== writtenWith), ...byWriter])];
  return {
    versions: versions.sort(versionOrder).map((version) => ({
      version,
      specs: specs.filter(({ file }) => requested.includes(version) || isBy(writers.get(file), version)),
    })),
    writers,
  };
}

function isBy(writer: Writer | undefined, version: string): boolean {
  return writer !== undefined && 'version' in writer && writer.version === version;
}
