import { mkdtemp, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Contract } from '../contract/contract.js';
import type { StartedProcess } from './lanes/model-processes.js';
import { EngineHost } from './process/host.js';
import type { ProcessOptions } from './process/running-process.js';
import { graphAddonFolder } from './runtime/graph-addon.js';

export type EarlyOptions = {
  /** The native addon. */
  readonly addon: string;
  /** Where the lowered model is written; a folder of its own is made in it. */
  readonly workFolder: string;
  readonly watch?: ProcessOptions['watch'];
};

/** A process that has loaded TensorFlow, or soon will have, and waits for the model to be lowered. */
export type EarlyProcess = StartedProcess & {
  /** Where the lowered model is to be written. */
  readonly folder: string;
  /** The folder of the model, without links. */
  readonly real: string;
  /** Says that it is written. */
  readonly begin: () => void;
  readonly close: () => Promise<void>;
};

/** Starts the process of a model that is not read yet: it loads nothing of the model before it is told to. */
export async function startEarly(
  modelFolder: string,
  contract: Contract,
  { addon, workFolder, watch }: EarlyOptions,
): Promise<EarlyProcess> {
  const folder = await mkdtemp(path.join(workFolder, 'lowered-'));
  // A path through /proc/self leads elsewhere in another process.
  const real = await realpath(modelFolder);
  let begin = () => {};
  const written = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const options: ProcessOptions = {
    start: { addon, folder, model: real, colorRange: contract.colorRange },
    reads: [real, graphAddonFolder(), ...contract.examples.map(({ image }) => image)],
    memoryBytes: contract.limits.memoryBytes,
    written,
    ...(watch ? { watch } : {}),
  };
  const first = new EngineHost(options);
  first.warm();
  const close = async () => {
    await first.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { first, options, folder, real, begin, close };
}
