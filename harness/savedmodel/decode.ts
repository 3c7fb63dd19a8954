import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { fromBinary } from '@bufbuild/protobuf';
import { NotASavedModel } from './refusal.js';

/** Decodes a message; throws NotASavedModel when the bytes are not one. `what` is named in the message. */
export function decode<Desc extends DescMessage>(
  schema: Desc,
  bytes: Uint8Array,
  what: string,
): MessageShape<Desc> {
  try {
    return fromBinary(schema, bytes);
  } catch (error) {
    throw damaged(`${what} cannot be decoded (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** The refusal of a `saved_model.pb` that is truncated or contradicts itself. */
export function damaged(how: string): NotASavedModel {
  return new NotASavedModel(
    `saved_model.pb is damaged: ${how}.`,
    'Copy or download the model again, and compare the size of saved_model.pb with the original; if it is the same, export the model again.',
  );
}
