import { EngineError } from '../process/failures.js';

type Piece<S, T> = {
  readonly work: (subject: S) => Promise<T>;
  state: { is: 'waiting' } | { is: 'begun'; result: Promise<T | undefined> } | { is: 'taken' };
};

/**
 * Work that is asked for piece by piece, and that others begin from its end meanwhile. What none of them has begun, or could not
 * do, is left to the one who asks.
 */
export class Early<S, T> {
  readonly #pieces: readonly Piece<S, T>[];

  constructor(works: readonly ((subject: S) => Promise<T>)[]) {
    this.#pieces = works.map((work) => ({ work, state: { is: 'waiting' } }));
  }

  /** Does what waits, one piece after the other, with this subject, until its process is lost. Never throws. */
  async serve(subject: S): Promise<void> {
    let isLost = false;
    for (let piece = this.#last(); piece && !isLost; piece = this.#last()) {
      const result = piece.work(subject).catch((metAgainByWhoeverDoesIt: unknown) => {
        isLost = metAgainByWhoeverDoesIt instanceof EngineError;
        return undefined;
      });
      piece.state = { is: 'begun', result };
      await result;
    }
  }

  /** What came of a piece; undefined where whoever asks has to do it. */
  async take(place: number): Promise<T | undefined> {
    const piece = this.#pieces[place];
    if (piece?.state.is === 'begun') return piece.state.result;
    if (piece) piece.state = { is: 'taken' };
    return undefined;
  }

  #last(): Piece<S, T> | undefined {
    return this.#pieces.findLast(({ state }) => state.is === 'waiting');
  }
}
