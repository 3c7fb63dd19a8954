import { symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Contract } from '../contract/contract.js';
import { bytesIn } from '../savedmodel/bytes-in.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import { type EarlyOptions, type EarlyProcess, startEarly } from './early-process.js';
import { EngineSubject } from './engine-subject.js';
import { ModelProcesses } from './lanes/model-processes.js';
import { lossFunctions } from './losses.js';
import { lower } from './lowering/lower.js';
import type { OpenSubject } from './open-subject.js';
import { EngineHost } from './process/host.js';
import { graphAddonFor } from './runtime/graph-addon.js';

export type OpenOptions = EarlyOptions & {
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

/** TensorFlow reads the path of a checkpoint as a glob: one with brackets or stars is opened through a link. */
async function withoutPattern(modelFolder: string, workFolder: string): Promise<string> {
  if (!/[*?[\]{}\\]/.test(modelFolder)) return modelFolder;
  const link = path.join(workFolder, 'model');
  await symlink(modelFolder, link, 'dir');
  return link;
}
