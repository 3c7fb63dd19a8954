import { modelDigestOf } from '../savedmodel/digest.js';
import { type ModelState, modelStateOf } from '../savedmodel/state.js';
import { unlessSystemError } from '../verdict/system-error.js';

/** The files of a model, from before they were read. */
export class FilesAsRead {
  readonly #folder: string;
  #state: ModelState;
  /** Empty until they were read. */
  digest = '';

  private constructor(folder: string, state: ModelState) {
    this.#folder = folder;
    this.#state = state;
  }

  static async in(folder: string): Promise<FilesAsRead> {
    return new FilesAsRead(folder, await modelStateOf(folder));
  }

  /** Where only entries changed, as with a further hard link, the bytes are what counts. */
  async areUnchanged(): Promise<boolean> {
    const now = await modelStateOf(this.#folder);
    if (now.files !== this.#state.files) return false;
    if (now.entries !== this.#state.entries && (await this.#digestNow()) !== this.digest) return false;
    this.#state = now;
    return true;
  }

  #digestNow(): Promise<string | undefined> {
    return modelDigestOf(this.#folder).catch(unlessSystemError);
  }
}
