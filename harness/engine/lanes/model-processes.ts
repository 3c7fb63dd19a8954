import { freemem } from 'node:os';
import { EngineHost } from '../process/host.js';
import type { ProcessOptions } from '../process/running-process.js';

/** A model's first process, and how others like it are started. */
export type StartedProcess = { readonly first: EngineHost; readonly options: ProcessOptions };

/** The processes of one model: the first, and others beside it where there is room. */
export class ModelProcesses {
  readonly first: EngineHost;
  readonly #options: ProcessOptions;
  readonly #expectedBytes: number;
  readonly #mayHelp: () => boolean;
  readonly #helpers: EngineHost[] = [];

  /** `expectedBytes`: the memory that one is thought to take; `mayHelp`: whether there may be one more now. */
  constructor({ first, options }: StartedProcess, expectedBytes: number, mayHelp: () => boolean) {
    this.#expectedBytes = expectedBytes;
    this.#options = options;
    this.#mayHelp = mayHelp;
    this.first = first;
  }

  /** One more process; undefined where there may be none, or the memory is too small for it. */
  another(): EngineHost | undefined {
    if (!this.#hasRoom() || !this.#mayHelp()) return undefined;
    const helper = new EngineHost(this.#options);
    this.#helpers.push(helper);
    return helper;
  }

  async close(): Promise<void> {
    await Promise.all([this.first, ...this.#helpers].map((host) => host.close()));
  }

  /** All together stay within what one may use, so that none is stopped for what the others need. */
  #hasRoom(): boolean {
    const peakBytes = Math.max(this.first.peakBytes, this.#expectedBytes);
    const together = peakBytes * (this.#helpers.length + 2);
    return together <= this.#options.memoryBytes && peakBytes < freemem();
  }
}
