import type { Input } from '../kind.js';

/** What a reader made of files: a valid thing, or a refusal in a sentence. */
export type Reading = 'accepted' | 'refused';

/** Reads the files of an input, as assay does. Throws what assay throws: a UserError is a refusal, any other error is none. */
export type Reader = (input: Input) => Promise<Reading>;

/** Where a reader writes the files of inputs. */
export type Place = {
  /** Of the reader alone; nothing else in it may change. */
  readonly folder: string;
  /** The native addon of TensorFlow; undefined where images are not decoded. */
  readonly addon?: string;
};

/** A reader that did something it never may, other than to throw: a refusal without a sentence, for example. */
export class Misbehaved extends Error {}

/** @throws Misbehaved for a text that says nothing to its reader */
export function expectSentence(text: string): void {
  if (!isSentence(text)) throw new Misbehaved(`This is no sentence: "${text}"`);
}

export function isSentence(text: string): boolean {
  return text.length >= 8 && !mishaps.test(text);
}

const mishaps =
  /\[object |Maximum call stack|Cannot read properties|is not (?:a function|iterable)|Invalid array length/;
