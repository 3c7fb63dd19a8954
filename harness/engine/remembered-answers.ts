import { CallFailed, CallRefused } from './failures.js';

/** Answers kept, at most; beyond that the oldest are forgotten. */
const maxRememberedCalls = 4000;

/** Remembers what was found out, failures of the model included, but never that it could not be found out. */
export class RememberedAnswers<T> {
  readonly #answers = new Map<string, Promise<T>>();

  knows(key: string): boolean {
    return this.#answers.has(key);
  }

  recall(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = ask();
    this.#answers.set(key, answer);
    answer.catch((error) => {
      if (!(error instanceof CallFailed || error instanceof CallRefused)) this.#answers.delete(key);
    });
    if (this.#answers.size > maxRememberedCalls) this.#forgetOldest();
    return answer;
  }

  #forgetOldest(): void {
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.#answers.delete(oldest);
  }
}
