import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Contract } from '../contract/contract.js';
import { openSubject } from '../engine/open.js';
import { cacheFolder } from '../engine/runtime/cache.js';
import { ensureRuntime } from '../engine/runtime/runtime.js';
import type { OpenSubject } from '../engine/subject.js';
import { digestOf } from '../savedmodel/digest.js';
import { obtainModel } from '../savedmodel/obtain.js';
import { readSavedModel } from '../savedmodel/read.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { RunOptions } from './options.js';

/** What is learned of a model once per run. */
export type Loaded = { readonly model: SavedModel; readonly digest: string };

/** One model from its files to its process; everything is done at first need and once. */
export class ModelSession {
  readonly #contract: Contract;
  readonly #options: RunOptions;
  #loaded: Promise<Loaded> | undefined;
  #subject: Promise<OpenSubject> | undefined;

  constructor(contract: Contract, options: RunOptions) {
    this.#contract = contract;
    this.#options = options;
  }

  /** @throws NotASavedModel, UnsafeArchive and the file system's errors */
  load(): Promise<Loaded> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  /** @throws RuntimeUnavailable where there is no TensorFlow to be had */
  subject(): Promise<OpenSubject> {
    this.#subject ??= this.#open();
    return this.#subject;
  }

  /** The model's digest, empty when it could not be read, and the time that TensorFlow took for its calls. */
  async told(): Promise<{ digest: string; callMs: number }> {
    const subject = await this.#subject?.catch(() => undefined);
    const loaded = await this.load().catch(() => undefined);
    return { digest: loaded?.digest ?? '', callMs: subject?.spent.callMs ?? 0 };
  }

  async close(): Promise<void> {
    const subject = await this.#subject?.catch(() => undefined);
    await subject?.close();
  }

  async #load(): Promise<Loaded> {
    const { folder } = await obtainModel(this.#contract.model, { cacheFolder: cacheFolder() });
    return { model: await readSavedModel(folder), digest: await digestOf(folder) };
  }

  async #open(): Promise<OpenSubject> {
    const { model } = await this.load();
    const addon = this.#options.addon ?? (await ensureRuntime()).addon;
    const { workFolder } = this.#options;
    return openSubject(model, this.#contract, { addon, workFolder, watch: noteProcesses(workFolder) });
  }
}

/** Notes each engine process as a file, so that whoever ends a run early can end them too. */
function noteProcesses(workFolder: string) {
  const noted = (pid: number) => path.join(processesIn(workFolder), String(pid));
  mkdirSync(processesIn(workFolder), { recursive: true });
  return {
    started: (pid: number) => writeFileSync(noted(pid), ''),
    ended: (pid: number) => rmSync(noted(pid), { force: true }),
  };
}

/** The folder that holds a file named for each running engine process. */
export function processesIn(workFolder: string): string {
  return path.join(workFolder, 'processes');
}
