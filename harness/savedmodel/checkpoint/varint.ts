/** Reads unsigned varints one after the other; throws RangeError at the end of the bytes or beyond 2^53. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  /** Offset of the next byte. */
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  next(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.#bytes[this.position++];
      if (byte === undefined) throw new RangeError('it ends too early');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new RangeError('it holds a number that is too large');
  }
}
