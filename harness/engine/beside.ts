import path from 'node:path';
import { Early } from './lanes/early.js';
import type { Ledger, Recorded } from './ledger.js';
import type { Lane } from './observer.js';
import type { EarlyWork, OpenSubject } from './open-subject.js';
import type { SubjectParts } from './subject-parts.js';

/** The subject of a further process of a model. */
export type Further = {
  readonly subject: OpenSubject;
  readonly lane: Omit<Lane, 'ready'>;
  readonly recorded: <T>(work: EarlyWork<T>) => Promise<Recorded<T>>;
};

/** The further processes of a model: each does what may be done early first, and makes calls for others then. */
export class Beside {
  readonly #parts: SubjectParts;
  readonly #open: (parts: SubjectParts) => Further;
  #serve: ((further: Further) => Promise<void>) | undefined;
  #opened = 0;

  constructor(parts: SubjectParts, open: (parts: SubjectParts) => Further) {
    this.#parts = parts;
    this.#open = open;
  }

  /** Gives what came of a piece of work, by its place; undefined where it has to be done. `ledger`: of the first process. */
  early<T>(works: readonly EarlyWork<T>[], ledger: Ledger): (at: number) => Promise<T | undefined> {
    const early = new Early<Further, Recorded<T>>(
      works.map((work) => async (further) => {
        const recorded = await further.recorded(work);
        ledger.keep(recorded);
        return recorded;
      }),
    );
    this.#serve = (further) => early.serve(further);
    return async (at) => {
      const recorded = await early.take(at);
      if (recorded) await ledger.adopt(recorded);
      return recorded?.value;
    };
  }

  /** One more process; undefined where there may be none now. */
  another(): Lane | undefined {
    const host = this.#parts.another();
    if (!host) return undefined;
    this.#opened += 1;
    const { lowered } = this.#parts;
    const folder = path.join(lowered.folder, `beside-${this.#opened}`);
    const further = this.#open({ ...this.#parts, host, lowered: { ...lowered, folder }, another: none });
    return { ...further.lane, ready: this.#serve?.(further) ?? Promise.resolve() };
  }
}

function none(): undefined {
  return undefined;
}
