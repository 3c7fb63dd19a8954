/** What can keep a check from being decided; another check answers for each kind. */
export type CauseKind =
  /** The files are no TensorFlow 2 SavedModel. */
  | 'not-a-saved-model'
  /** An archive that would write outside the folder that it is unpacked into. */
  | 'unsafe-archive'
  /** The model has no endpoint of the name that the spec gives. */
  | 'no-endpoint';

/** Why there is nothing to decide, for which another check answers. */
export type Cause = {
  readonly kind: CauseKind;
  /** Beginning of a sentence, without its end: "The model has no such endpoint". */
  readonly text: string;
};

/** The cause as a sentence that points to the check that answers for it. */
export function sentenceOf({ text }: Cause, answering: string | undefined): string {
  return answering === undefined ? `${text}.` : `${text}; see ${answering}.`;
}
