import { LRUCache } from 'lru-cache';
import { CallFailed, CallRefused } from './process/failures.js';

/** Answers kept, at most; beyond that, the least recently used are dropped. */
const maxRememberedCalls = 4000;

/** Remembers answers, failures of the model included, but never an inconclusive answer. */
export class RememberedAnswers<T> {
  readonly #answers: LRUCache<string, Promise<T>>;

  constructor(max = maxRememberedCalls) {
    this.#answers = new LRUCache({ max });
  }

  known(key: string): Promise<T> | undefined {
    return this.#answers.get(key);
  }

  knows(key: string): boolean {
    return this.#answers.has(key);
  }

  recall(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = ask();
    this.#answers.set(key, answer);
    answer.catch((error) => {
      const aboutTheModel = error instanceof CallFailed || error instanceof CallRefused;
      if (!aboutTheModel && this.#answers.peek(key) === answer) this.#answers.delete(key);
    });
    return answer;
  }
}
