import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { damaged } from '../decode.js';

/**
 * Requires that no message in this one is given twice where the format has one: TensorFlow merges the two, and a reader that
 * keeps their bytes sees only the last. `fields`: numbers of the message fields that there may be one of. Throws NotASavedModel.
 */
export function requireOnce(bytes: Uint8Array, fields: readonly number[], what: string): void {
  const seen = new Set<number>();
  for (const { number } of fieldsOf(bytes)) {
    if (seen.has(number) && fields.includes(number)) throw damaged(`${what} has field ${number} twice`);
    seen.add(number);
  }
}

/** The same for the attributes of an operation, at any depth. Throws NotASavedModel. */
export function requireAttributesOnce(nodeDef: Uint8Array, what: string): void {
  for (const { number, content } of fieldsOf(nodeDef)) if (number === 5) requireEntry(content, what, 0);
}

/** Deepest nesting of functions as attributes of functions. */
const deepest = 50;

/** A key and an attribute. */
function requireEntry(entry: Uint8Array, what: string, depth: number): void {
  requireOnce(entry, [1, 2], `an attribute of ${what}`);
  if (depth > deepest) throw damaged(`attributes of ${what} are nested more than ${deepest} deep`);
  for (const { number, content } of fieldsOf(entry)) if (number === 2) requireValue(content, what, depth);
}

/** An AttrValue holds one value: a list, whose functions have attributes again, a function, or another. */
function requireValue(value: Uint8Array, what: string, depth: number): void {
  const held = fieldsOf(value);
  if (held.length > 1) throw damaged(`an attribute of ${what} has two values`);
  for (const { number, content } of held) {
    if (number === 10) requireFunction(content, what, depth);
    if (number === 1)
      for (const one of fieldsOf(content)) if (one.number === 9) requireFunction(one.content, what, depth);
  }
}

function requireFunction(nameAndAttributes: Uint8Array, what: string, depth: number): void {
  for (const { number, content } of fieldsOf(nameAndAttributes))
    if (number === 2) requireEntry(content, what, depth + 1);
}

type Field = { readonly number: number; readonly content: Uint8Array };

const nothing = new Uint8Array();

/** Fields of an encoded message, in order; only those with a length have content. Throws NotASavedModel. */
function fieldsOf(bytes: Uint8Array): readonly Field[] {
  try {
    return [...readFields(bytes)];
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    throw damaged(`a message in it cannot be decoded (${error.message})`);
  }
}

function* readFields(bytes: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type === WireType.LengthDelimited) yield { number, content: reader.bytes() };
    else {
      reader.skip(type, number);
      yield { number, content: nothing };
    }
  }
}
