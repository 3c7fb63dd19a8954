/** A part of a bytecode, read from its start. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    if (start < 0 || end > bytes.length || start > end) throw new Malformed();
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  byte(): number {
    const value = this.done ? undefined : this.#bytes[this.#at++];
    if (value === undefined) throw new Malformed();
    return value;
  }

  /** A number in up to 9 bytes: as many zeros as the first one ends with, so many bytes follow it. */
  number(): number {
    const first = this.byte();
    const following = first === 0 ? 8 : 31 - Math.clz32(first & -first);
    let value = first === 0 ? 0n : BigInt(first >> (following + 1));
    const shift = first === 0 ? 0 : 7 - following;
    for (let index = 0; index < following; index++) value += BigInt(this.byte()) << BigInt(shift + 8 * index);
    return Number(value);
  }

  /** As many numbers as a first one says. */
  numbers(): number[] {
    return this.times(this.number(), () => this.number());
  }

  /** A number that counts bytes or entries can't be larger than what is left. */
  times<T>(count: number, read: () => T): T[] {
    if (count > this.#end - this.#at) throw new Malformed();
    return Array.from({ length: count }, read);
  }

  /** All numbers up to the end; what is no number at the end is left out. */
  rest(): number[] {
    const numbers: number[] = [];
    while (!this.done && this.#holdsNumber()) numbers.push(this.number());
    return numbers;
  }

  #holdsNumber(): boolean {
    const first = this.#bytes[this.#at] ?? 0;
    const length = first === 0 ? 9 : 32 - Math.clz32(first & -first);
    return this.#at + length <= this.#end;
  }

  /** Text up to a byte of 0. */
  text(): string {
    const start = this.#at;
    while (this.byte() !== 0);
    return utf8.decode(this.#bytes.subarray(start, this.#at - 1));
  }

  /** The next bytes as a part of their own. */
  part(length: number): ByteReader {
    const start = this.#at;
    if (start + length > this.#end) throw new Malformed();
    this.#at += length;
    return new ByteReader(this.#bytes, start, start + length);
  }

  /** Up to a position that is a multiple of the number. */
  align(multiple: number): void {
    while (this.#at % multiple !== 0) this.byte();
  }
}

/** The bytes are not what they should be. */
export class Malformed extends Error {}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
