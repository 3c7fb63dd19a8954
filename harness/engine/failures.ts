/** The model said no: TensorFlow failed inside the call. A fact about the model. */
export class CallFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallFailed';
  }
}

/** No trace fits the call: what Python reports as "Could not find matching concrete function". A fact about the model. */
export class CallRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallRefused';
  }
}

export type EngineFailure =
  | 'deadline'
  | 'crash'
  | 'memory'
  | 'unloadable'
  | 'unsupported'
  | 'value-missing'
  /** An image file can't be read or decoded. */
  | 'unreadable';

/** It could not be found out what the model does. Never a verdict about the model. */
export class EngineError extends Error {
  readonly failure: EngineFailure;

  constructor(failure: EngineFailure, message: string) {
    super(message);
    this.name = 'EngineError';
    this.failure = failure;
  }
}
