import { EngineError } from '../process/failures.js';

export type Worker<W, T> = (work: W) => Promise<T>;

export type AheadOptions<W, T> = {
  /** Never called before its last answer is there. */
  readonly own: Worker<W, T>;
  /** What work of one kind has in common, so that a worker that has done some does more of it faster. */
  readonly kindOf: (work: W) => string;
  /** A further worker, once it is ready, which never fails; undefined where there may be none now. */
  readonly helper: () => { readonly work: Worker<W, T>; readonly ready: Promise<void> } | undefined;
  readonly worth: Worth;
};

/** How much work must be left for another helper to be worth its start. */
export type Worth = {
  /** In milliseconds, once some was timed. */
  readonly ms: number;
  /** In pieces, for a first helper before. */
  readonly atOnce: number;
};

type Item<W, T> = {
  readonly work: W;
  /** In the order in which work will be asked for. */
  place: number;
  /** Announced for later only, which the own worker has no time for yet. */
  later: boolean;
  state:
    | { is: 'waiting' }
    | { is: 'running'; ended: Promise<void> }
    | { is: 'done'; answer: T }
    | { is: 'lost' };
};

/** How far beyond what is asked for work is done: if a promise breaks, more would have been for nothing. */
const window = 16;

/** Among how much of the later work a helper looks for what it does fastest. */
const laterWindow = 64;

/** Answers to later work that are kept, at most. */
const maxLater = 500;

/** Pieces of work after which its pace is known, and from how many of the latest it is taken. */
const enoughToTell = 3;
const paceOf = 25;

/**
 * Work that is announced and then asked for piece by piece: several workers do it in advance. What a helper can't do is
 * done again by the own worker once it is asked for, so that answers and errors are those of one worker alone.
 */
export class Ahead<W, T> {
  readonly #options: AheadOptions<W, T>;
  readonly #helpers = new Map<Worker<W, T>, 'busy' | 'idle'>();
  #items = new Map<string, Item<W, T>>();
  #place = 0;
  /** Which worker has done work of a kind. */
  readonly #used = new Map<string, Worker<W, T>>();
  #ownMs: number[] = [];

  constructor(options: AheadOptions<W, T>) {
    this.#options = options;
  }

  /** Forgets what was announced before and not yet asked for, but for what was announced for later. */
  announce(works: ReadonlyMap<string, W>): void {
    const later = [...this.#items].filter(([key, item]) => item.later && !works.has(key));
    const now = [...works].map(([key, work]) => [key, this.#itemFor(key, work, false)] as const);
    this.#inOrder([...now, ...later]);
  }

  /** Work that will be announced again when its time comes. Helpers do it once nothing else is left for them. */
  foresee(works: ReadonlyMap<string, W>): void {
    const later = [...works].filter(([key]) => !this.#items.has(key));
    this.#inOrder([
      ...this.#items,
      ...later.map(([key, work]) => [key, this.#itemFor(key, work, true)] as const),
    ]);
  }

  /** Does the work, or gives what was found in advance. @throws what the own worker throws */
  async get(key: string, work: W): Promise<T> {
    const item = this.#items.get(key);
    if (!item) return this.#options.own(work);
    this.#items.delete(key);
    if (!item.later) this.#place = Math.max(this.#place, item.place);
    this.#setToWork();
    while (item.state.is === 'running') {
      const next = this.#next(this.#options.own);
      await (next ? this.#do(next, this.#options.own) : item.state.ended);
    }
    return item.state.is === 'done' ? item.state.answer : this.#timed(item);
  }

  #itemFor(key: string, work: W, later: boolean): Item<W, T> {
    const item = this.#items.get(key) ?? { work, place: 0, later, state: { is: 'waiting' } };
    item.later = later;
    return item;
  }

  #inOrder(items: readonly (readonly [string, Item<W, T>])[]): void {
    for (const [place, [, item]] of items.entries()) item.place = place;
    this.#items = new Map(items);
    this.#place = 0;
    this.#setToWork();
  }

  async #timed(item: Item<W, T>): Promise<T> {
    item.state = { is: 'lost' };
    const { own, kindOf } = this.#options;
    this.#used.set(kindOf(item.work), own);
    const start = performance.now();
    try {
      return await own(item.work);
    } finally {
      this.#ownMs = [...this.#ownMs, performance.now() - start].slice(-paceOf);
    }
  }

  #setToWork(): void {
    for (const [helper, state] of this.#helpers) if (state === 'idle') void this.#serve(helper);
    if (!this.#isWorthAnother()) return;
    const another = this.#options.helper();
    if (another) void this.#join(another.work, another.ready);
  }

  #isWorthAnother(): boolean {
    const left = [...this.#items.values()].filter(isWaiting).length;
    const { worth } = this.#options;
    if (this.#ownMs.length < enoughToTell) return this.#helpers.size === 0 && left >= worth.atOnce;
    const [median = 0] = this.#ownMs.toSorted((a, b) => a - b).slice(this.#ownMs.length >> 1);
    return median * left > worth.ms * (this.#helpers.size + 1);
  }

  async #join(helper: Worker<W, T>, ready: Promise<void>): Promise<void> {
    this.#helpers.set(helper, 'busy');
    await ready;
    await this.#serve(helper);
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
    const now = this.#near();
    const waiting = now.length > 0 || worker === this.#options.own ? now : this.#far();
    const userOf = ({ work }: Item<W, T>) => this.#used.get(this.#options.kindOf(work));
    return (
      waiting.find((item) => userOf(item) === worker) ??
      waiting.find((item) => userOf(item) === undefined) ??
      waiting[0]
    );
  }

  #near(): Item<W, T>[] {
    const items = [...this.#items.values()];
    const near = items.filter(({ later, place }) => !later && place >= this.#place).slice(0, window);
    return near.filter(isWaiting);
  }

  #far(): Item<W, T>[] {
    const later = [...this.#items.values()].filter((item) => item.later);
    const waiting = later.filter(isWaiting);
    return later.length - waiting.length < maxLater ? waiting.slice(0, laterWindow) : [];
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

function isWaiting<W, T>({ state }: Item<W, T>): boolean {
  return state.is === 'waiting';
}
