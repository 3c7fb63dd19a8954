import { UserError } from '../../verdict/user-error.js';

/** Why one source of a runtime failed: a sentence, with a command or advice as the remedy. */
export class SourceUnavailable extends UserError {}
