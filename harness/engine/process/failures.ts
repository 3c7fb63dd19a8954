import { UserError } from '../../verdict/user-error.js';

/** TensorFlow failed inside the call. A fact about the model. */
export class CallFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallFailed';
  }
}

/** No concrete function matches the call; Python reports "Could not find matching concrete function". A fact about the model. */
export class CallRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallRefused';
  }
}

/** What prevented an answer, and what may help. */
const remedies = {
  deadline: 'Raise limits.deadline in the spec.',
  crash: 'Run it again with the same seed; if it crashes again, try another TensorFlow with --tensorflow.',
  memory: 'Raise limits.memory in the spec.',
  unloadable: 'Try another TensorFlow with --tensorflow, such as the one that wrote the model.',
  unsupported: 'Please report it, so that such models can be run, too.',
  'value-missing': 'Export the model with a value for each variable.',
  /** An image file can't be read or decoded. */
  unreadable: 'Name an image file that TensorFlow can decode.',
} as const;

export type EngineFailure = keyof typeof remedies;

/** What the model does could not be observed. Never a verdict about the model. */
export class EngineError extends UserError {
  readonly failure: EngineFailure;

  constructor(failure: EngineFailure, message: string) {
    super(message, remedies[failure]);
    this.failure = failure;
  }
}

/** Undefined where a call fails. @throws any other error, which is a bug */
export function unlessCallFails(error: unknown): undefined {
  if (![CallFailed, CallRefused, EngineError].some((kind) => error instanceof kind)) throw error;
}
