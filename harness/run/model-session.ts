import type { Contract } from '../contract/contract.js';
import { type EarlyProcess, startEarly } from '../engine/early-process.js';
import { type OpenOptions, openSubject } from '../engine/open.js';
import type { OpenSubject } from '../engine/open-subject.js';
import { toldElsewhere } from '../engine/process/running-process.js';
import { cacheFolder } from '../engine/runtime/cache.js';
import { modelDigestOf } from '../savedmodel/digest.js';
import { obtainModel } from '../savedmodel/obtain/obtain.js';
import { readSavedModel } from '../savedmodel/reading/read.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import { unlessSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';
import { FilesAsRead } from './files-as-read.js';
import { haveEnded, isOneLeft, noteBegun, noteProcesses, type Share } from './processes.js';

/** Facts about a model that are determined once per run. */
export type Loaded = { readonly model: SavedModel; readonly digest: string };

export type SessionOptions = {
  /** TensorFlow's native addon; called once the model has to run. @throws RuntimeUnavailable */
  readonly addon: () => Promise<string>;
  /** Where the lowered model is written and its process is recorded. */
  readonly workFolder: string;
  /** The native addon, where the model will surely be run: its process then starts while the files are read. */
  readonly soon?: string;
  /** What the models of a run have together; left out, each has one process. */
  readonly share?: Share;
};

/** One model from its files to its process; everything is done once, at first use. */
export class ModelSession {
  readonly #contract: Contract;
  readonly #options: SessionOptions;
  #loaded: Promise<Loaded> | undefined;
  #subject: Promise<OpenSubject> | undefined;
  #files: FilesAsRead | undefined;
  #early: Promise<EarlyProcess | undefined> | undefined;
  #opened: OpenSubject | undefined;
  #begun = false;

  constructor(contract: Contract, options: SessionOptions) {
    this.#contract = contract;
    this.#options = options;
  }

  /** @throws NotASavedModel, UnsafeArchive and the file system's errors */
  load(): Promise<Loaded> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  /**
   * What was concluded since the model was loaded holds for no single model if its files have changed meanwhile.
   * @throws UserError then, as does loading it from now on
   */
  async expectUnchanged(): Promise<void> {
    if (!this.#files || (await this.#files.areUnchanged())) return;
    this.#loaded = Promise.reject(
      new UserError(
        'The files of the model changed while it was checked.',
        'Check it again once nothing writes to them.',
      ),
    );
    await this.#loaded;
  }

  /** @throws RuntimeUnavailable where no TensorFlow is available; UserError once the run is interrupted */
  async subject(): Promise<OpenSubject> {
    if (haveEnded(this.#options.workFolder))
      throw new UserError('The run was interrupted before this check finished.', 'Run it again.');
    this.#subject ??= this.#open();
    return this.#subject;
  }

  /**
   * The model's digest, empty when it could not be read, and the time that TensorFlow took for its calls. Checks report
   * failures.
   */
  async digestAndCallTime(): Promise<{ digest: string; callMs: number }> {
    await Promise.allSettled([this.#subject, this.load()]);
    return { digest: this.#files?.digest ?? '', callMs: this.#opened?.spent.callMs ?? 0 };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#subject]);
    this.#begin();
    const early = await this.#early;
    await (this.#opened ?? early)?.close();
  }

  async #load(): Promise<Loaded> {
    const { model: location, limits } = this.#contract;
    const options = { cacheFolder: cacheFolder(), deadlineMs: limits.modelDeadlineMs };
    const { folder } = await obtainModel(location, options);
    if (this.#options.soon !== undefined) this.#early = this.#startEarly(folder, this.#options.soon);
    this.#early?.catch(toldElsewhere);
    const files = await FilesAsRead.in(folder);
    this.#files = files;
    const model = await readSavedModel(folder);
    files.digest = await modelDigestOf(folder);
    return { model, digest: files.digest };
  }

  async #open(): Promise<OpenSubject> {
    const { model } = await this.load();
    const options = this.#opening(await this.#options.addon());
    this.#opened = await openSubject(model, this.#contract, options, await this.#early);
    this.#begin();
    return this.#opened;
  }

  /** What keeps it from starting is told when the model is opened. */
  async #startEarly(folder: string, addon: string): Promise<EarlyProcess | undefined> {
    this.#begin();
    return startEarly(folder, this.#contract, this.#opening(addon)).catch(unlessSystemError);
  }

  #opening(addon: string): OpenOptions {
    const { workFolder, share } = this.#options;
    return {
      addon,
      workFolder,
      watch: noteProcesses(workFolder),
      mayHelp: () => share !== undefined && isOneLeft(workFolder, share),
    };
  }

  #begin(): void {
    if (!this.#begun && this.#options.share) noteBegun(this.#options.workFolder);
    this.#begun = true;
  }
}
