import { EngineError } from '../process/failures.js';

export type Worker<W, T> = (work: W) => Promise<T>;

export type AheadOptions<W, T> = {
  /** Never called before its last answer is there. */
  readonly own: Worker<W, T>;
  /** What work of one kind has in common, so that a worker that has done some does more of it faster. */
  readonly kindOf: (work: W) => string;
  /** A further worker; undefined where there may be none now. */
  readonly helper: () => Worker<W, T> | undefined;
  /** How much work must be left, in milliseconds, for another helper to be worth its start. */
  readonly worthMs: number;
};

type Item<W, T> = {
  readonly work: W;
  readonly place: number;
  state:
    | { is: 'waiting' }
    | { is: 'running'; ended: Promise<void> }
    | { is: 'done'; answer: T }
    | { is: 'lost' };
};

/** How far beyond what is asked for work is done: if a promise breaks, more would have been for nothing. */
const window = 16;

/** Pieces of work after which its pace is known. */
const enoughToTell = 3;

/**
 * Work that is announced and then asked for piece by piece: several workers do it in advance. What a helper can't do is
 * done again by the own worker once it is asked for, so that answers and errors are those of one worker alone.
 */
export class Ahead<W, T> {
  readonly #options: AheadOptions<W, T>;
  readonly #helpers = new Map<Worker<W, T>, 'busy' | 'idle'>();
  #items = new Map<string, Item<W, T>>();
  #queue: Item<W, T>[] = [];
  #place = 0;
  /** Which worker has done work of a kind. */
  readonly #used = new Map<string, Worker<W, T>>();
  #ownMs: number[] = [];

  constructor(options: AheadOptions<W, T>) {
    this.#options = options;
  }

  /** Forgets what was announced before and not yet asked for. */
  announce(works: ReadonlyMap<string, W>): void {
    const items = [...works].map(
      ([key, work], place) => [key, { work, place, state: { is: 'waiting' } }] as [string, Item<W, T>],
    );
    this.#items = new Map(items);
    this.#queue = items.map(([, item]) => item);
    this.#place = 0;
    this.#ownMs = [];
    this.#setToWork();
  }

  /** Does the work, or gives what was found in advance. @throws what the own worker throws */
  async get(key: string, work: W): Promise<T> {
    const item = this.#items.get(key);
    if (!item) return this.#options.own(work);
    this.#items.delete(key);
    this.#place = Math.max(this.#place, item.place);
    this.#setToWork();
    while (item.state.is === 'running') {
      const next = this.#next(this.#options.own);
      await (next ? this.#do(next, this.#options.own) : item.state.ended);
    }
    return item.state.is === 'done' ? item.state.answer : this.#timed(item);
  }

  async #timed(item: Item<W, T>): Promise<T> {
    item.state = { is: 'lost' };
    const { own, kindOf } = this.#options;
    this.#used.set(kindOf(item.work), own);
    const start = performance.now();
    try {
      return await own(item.work);
    } finally {
      this.#ownMs.push(performance.now() - start);
    }
  }

  #setToWork(): void {
    for (const [helper, state] of this.#helpers) if (state === 'idle') void this.#serve(helper);
    if (!this.#isWorthAnother()) return;
    const another = this.#options.helper();
    if (another) void this.#serve(another);
  }

  #isWorthAnother(): boolean {
    if (this.#ownMs.length < enoughToTell) return false;
    const [median = 0] = this.#ownMs.toSorted((a, b) => a - b).slice(this.#ownMs.length >> 1);
    return median * (this.#queue.length - this.#place) > this.#options.worthMs * (this.#helpers.size + 1);
  }

  async #serve(helper: Worker<W, T>): Promise<void> {
    this.#helpers.set(helper, 'busy');
    for (let item = this.#next(helper); item; item = this.#next(helper)) {
      const error = await this.#do(item, helper);
      if (error instanceof EngineError) {
        this.#helpers.delete(helper);
        return;
      }
    }
    this.#helpers.set(helper, 'idle');
  }

  /** Of a kind that this worker knows, else of one that is new, else any. */
  #next(worker: Worker<W, T>): Item<W, T> | undefined {
    const near = this.#queue.slice(this.#place, this.#place + window);
    const waiting = near.filter(({ state }) => state.is === 'waiting');
    const userOf = ({ work }: Item<W, T>) => this.#used.get(this.#options.kindOf(work));
    return (
      waiting.find((item) => userOf(item) === worker) ??
      waiting.find((item) => userOf(item) === undefined) ??
      waiting[0]
    );
  }

  /** Never throws: resolves to the error, if there is one. */
  async #do(item: Item<W, T>, worker: Worker<W, T>): Promise<unknown> {
    this.#used.set(this.#options.kindOf(item.work), worker);
    const work = worker(item.work).then(
      (answer) => {
        item.state = { is: 'done', answer };
      },
      (error: unknown) => {
        item.state = { is: 'lost' };
        return error;
      },
    );
    item.state = { is: 'running', ended: work.then(() => undefined) };
    return work;
  }
}
