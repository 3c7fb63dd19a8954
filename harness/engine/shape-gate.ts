import path from 'node:path';
import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import { type CallShapes, lowerShapes } from './lowering/shapes.js';
import { CallFailed } from './process/failures.js';
import type { SessionWork } from './process/messages.js';
import { RememberedAnswers } from './remembered-answers.js';

/**
 * Lets through only calls whose shapes TensorFlow accepts when it traces the call for exactly them, as Python
 * does at each new shape. A session alone would run more than that (docs/decisions/0002). Bare concrete functions,
 * signatures among them, are not traced anew in Python and need no gate.
 */
export class ShapeGate {
  readonly #model: SavedModel;
  readonly #folder: string;
  readonly #send: (work: SessionWork) => Promise<unknown>;
  readonly #answers = new RememberedAnswers<unknown>();
  readonly #first: ShapeGate | undefined;

  /** `first`: the gate of a model's first process, for that of another: what one of them has passed, both know. */
  constructor(
    model: SavedModel,
    folder: string,
    send: (work: SessionWork) => Promise<unknown>,
    first?: ShapeGate,
  ) {
    this.#model = model;
    this.#folder = path.join(folder, 'shapes');
    this.#send = send;
    this.#first = first;
  }

  /** @throws CallFailed with TensorFlow's message when the shapes don't fit */
  async pass(concreteFunction: ConcreteFunction, shapes: CallShapes): Promise<void> {
    if (this.#first?.knows(concreteFunction, shapes)) return this.#first.pass(concreteFunction, shapes);
    await this.#answers.recall(keyOf(concreteFunction, shapes), () => this.#ask(concreteFunction, [shapes]));
    this.#first?.learn(concreteFunction, shapes);
  }

  knows(concreteFunction: ConcreteFunction, shapes: CallShapes): boolean {
    const known = this.#answers.knows(keyOf(concreteFunction, shapes));
    return known || (this.#first?.knows(concreteFunction, shapes) ?? false);
  }

  /** Another process has passed it. */
  learn(concreteFunction: ConcreteFunction, shapes: CallShapes): void {
    void this.#answers.recall(keyOf(concreteFunction, shapes), async () => undefined);
  }

  /**
   * Checks many calls of one concrete function at once, which is far cheaper; where some don't fit, each is checked
   * when it comes.
   */
  async passTogether(concreteFunction: ConcreteFunction, calls: readonly CallShapes[]): Promise<void> {
    const unknown = new Map(calls.map((shapes) => [keyOf(concreteFunction, shapes), shapes] as const));
    for (const [key, shapes] of unknown) if (this.knows(concreteFunction, shapes)) unknown.delete(key);
    if (unknown.size === 0) return;
    try {
      await this.#ask(concreteFunction, [...unknown.values()]);
    } catch (error) {
      if (error instanceof CallFailed) return;
      throw error;
    }
    for (const shapes of unknown.values()) (this.#first ?? this).learn(concreteFunction, shapes);
  }

  async #ask(concreteFunction: ConcreteFunction, calls: readonly CallShapes[]): Promise<void> {
    await lowerShapes(this.#model, concreteFunction, calls, this.#folder);
    await this.#send({ load: this.#folder });
  }
}

function keyOf(concreteFunction: ConcreteFunction, shapes: CallShapes): string {
  return JSON.stringify([concreteFunction.functionName, shapes]);
}
