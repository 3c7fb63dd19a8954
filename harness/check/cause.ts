/** What can prevent a check from deciding; another check reports each kind. */
export type CauseKind =
  /** The files are not a TensorFlow 2 SavedModel. */
  | 'not-a-saved-model'
  /** An archive that would write outside the folder that it is unpacked into. */
  | 'unsafe-archive'
  /** The model does not have the endpoint that the spec names. */
  | 'no-endpoint';

/** Why there is nothing to decide, which another check reports. */
export type Cause = {
  readonly kind: CauseKind;
  /** Beginning of a sentence, without its end: "The model has no such endpoint". */
  readonly text: string;
};

/** The cause as a sentence that points to the check that reports it. */
export function sentenceOf({ text }: Cause, answering: string | undefined): string {
  return answering === undefined ? `${text}.` : `${text}; see ${answering}.`;
}
