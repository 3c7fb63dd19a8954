import { UserError } from '../verdict/user-error.js';

/**
 * A folder that cannot be read as a SavedModel. The message says in a sentence what it is instead,
 * and `remedy` what to do.
 */
export class NotASavedModel extends UserError {}

/** A SavedModel that TensorFlow can read and this tool cannot, so that nothing is known about it. */
export class UnsupportedFormat extends NotASavedModel {}
