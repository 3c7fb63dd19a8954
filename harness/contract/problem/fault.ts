import type { Pointer } from '../yaml/pointer.js';

/** A fault of a value of a spec, before its place in the file is known. */
export type Fault = {
  /** The faulty value: one that is there, or one that is missing. */
  readonly pointer: Pointer;
  /** Where to point: at the key, at the value, or, for a missing key, at the start of the mapping it belongs in. */
  readonly at: 'key' | 'value' | 'mapping';
  /** What is wrong. */
  readonly message: string;
  /** How to fix it. */
  readonly hint?: string;
  /** The key that a misspelt one was meant to be, and which therefore is not reported as missing. */
  readonly meant?: Pointer;
};

/** A sentence of the schema says what is wrong and, after a semicolon, how to fix it. */
export function inTwo(sentence: string): { message: string; hint?: string } {
  const cut = sentence.indexOf('; ');
  if (cut === -1) return { message: sentence };
  return { message: sentence.slice(0, cut), hint: sentence.slice(cut + 2) };
}
