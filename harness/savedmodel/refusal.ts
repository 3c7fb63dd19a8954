import { UserError } from '../verdict/user-error.js';

/**
 * A folder that cannot be read as a SavedModel. The message says what it is, in a sentence for the person
 * who gave it, and `remedy` what to do.
 */
export class NotASavedModel extends UserError {}

/** A SavedModel that TensorFlow reads and this tool does not, so that nothing can be said of it. */
export class UnsupportedFormat extends NotASavedModel {}
