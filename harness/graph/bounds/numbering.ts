/** Gives values numbers so that what is computed in the same way from the same has the same one. */
export class Numbering {
  readonly #known = new Map<string, number>();
  readonly #made = new Map<number, { readonly op: string; readonly of: readonly number[] }>();
  #next = 0;

  /** A number that no other value has. */
  fresh(): number {
    return this.#next++;
  }

  /** The number of what an elementwise operation, or a reduction over the same axes, makes of these. */
  of(op: string, of: readonly number[]): number {
    const key = `${op} ${of.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.fresh();
    this.#known.set(key, id);
    this.#made.set(id, { op, of });
    return id;
  }

  /** What a number was given for, where it is an operation's result. */
  made(id: number): { readonly op: string; readonly of: readonly number[] } | undefined {
    return this.#made.get(id);
  }
}
