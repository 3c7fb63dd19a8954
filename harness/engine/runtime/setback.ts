import { UserError } from '../../verdict/user-error.js';

/** Why one source of a runtime did not work. The message is a sentence about it, the remedy a command or an advice. */
export class Setback extends UserError {}
