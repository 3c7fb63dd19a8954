import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Contract } from '../contract/contract.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import { EngineSubject } from './engine-subject.js';
import { ModelProcesses, type StartedProcess } from './lanes/model-processes.js';
import { lossFunctions } from './losses.js';
import { lower } from './lowering/lower.js';
import type { OpenSubject } from './open-subject.js';
import { EngineHost } from './process/host.js';
import type { ProcessOptions } from './process/running-process.js';
import { graphAddonFolder, graphAddonFor } from './runtime/graph-addon.js';

export type OpenOptions = {
  /** The native addon. */
  readonly addon: string;
  /** Where the lowered model is written; a folder of its own is made in it. */
  readonly workFolder: string;
  readonly watch?: ProcessOptions['watch'];
  /** Whether another process of the model may be started now; default: never. */
  readonly mayHelp?: () => boolean;
  /** How much work must be left for another process to be worth its start, in milliseconds. */
  readonly worthMs?: number;
};

/** About as long as a process takes to load a model of usual size. */
const startMs = 2000;

/** A model with larger variables takes longer for many calls than a process takes to start. */
const smallBytes = 4 * 2 ** 20;
const manyCalls = 50;

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
  { addon, workFolder, watch }: OpenOptions,
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

/** Lowers a model and has its process load it. Close it, or the process stays. */
export async function openSubject(
  model: SavedModel,
  contract: Contract,
  options: OpenOptions,
  early?: EarlyProcess,
): Promise<OpenSubject> {
  const started = early ?? (await startEarly(model.folder, contract, options));
  try {
    return await openIn(started, model, contract, options);
  } catch (error) {
    await started.close();
    throw error;
  }
}

async function openIn(
  started: EarlyProcess,
  model: SavedModel,
  contract: Contract,
  options: OpenOptions,
): Promise<EngineSubject> {
  const { folder } = started;
  const endpoint = namedEndpoint(model, contract);
  const readable = { ...model, folder: await withoutPattern(started.real, folder) };
  const graphAddon = await graphAddonFor(options.addon);
  const lowered = await lower(
    readable,
    [...(endpoint?.concreteFunctions ?? []), ...lossFunctions(model)],
    folder,
  );
  started.begin();
  const processes = new ModelProcesses(
    started,
    leastBytes + 8 * bytesIn(model),
    options.mayHelp ?? (() => false),
  );
  const { start } = started.options;
  return new EngineSubject({
    model,
    readable,
    contract,
    endpoint,
    lowered,
    host: processes.first,
    another: () => processes.another(),
    worth: {
      ms: options.worthMs ?? startMs,
      atOnce: bytesIn(model) > smallBytes ? manyCalls : Number.POSITIVE_INFINITY,
    },
    hostWithoutModel: () => new EngineHost({ ...started.options, start: { ...start, graphsOnly: true } }),
    graphAddon,
    close: async () => {
      await processes.close();
      await started.close();
    },
  });
}

/** Of memory: what TensorFlow takes for itself. The variables are there several times: restored, held, perturbed, with gradients. */
const leastBytes = 512 * 2 ** 20;

/** About as many as the variables have, whatever their dtype. */
function bytesIn({ variables }: SavedModel): number {
  return variables.reduce(
    (sum, { stored }) => sum + 4 * (stored?.shape.reduce((all, size) => all * size, 1) ?? 0),
    0,
  );
}

/** TensorFlow reads the path of a checkpoint as a glob: one with brackets or stars is opened through a link. */
async function withoutPattern(modelFolder: string, workFolder: string): Promise<string> {
  if (!/[*?[\]{}\\]/.test(modelFolder)) return modelFolder;
  const link = path.join(workFolder, 'model');
  await symlink(modelFolder, link, 'dir');
  return link;
}
