/**
 * A folder that cannot be read as a SavedModel. The message says what it is, in a sentence for the person
 * who gave it, and `remedy` what to do.
 */
export class NotASavedModel extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'NotASavedModel';
    this.remedy = remedy;
  }
}

/** A SavedModel that TensorFlow reads and this tool does not, so that nothing can be said of it. */
export class UnsupportedFormat extends NotASavedModel {
  override readonly name = 'UnsupportedFormat';
}
