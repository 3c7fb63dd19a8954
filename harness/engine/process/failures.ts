import { missingOperationText } from '../../graph/ops/missing-operation.js';
import type { Images } from '../../images/picture.js';
import { UserError } from '../../verdict/user-error.js';
import type { FirstReply } from './messages.js';

/** A call of the endpoint that gave nothing, and its keyword arguments. */
export type UnansweredCall = {
  readonly batch: Images;
  readonly args: Readonly<Record<string, number | boolean>>;
};

/** TensorFlow failed inside the call. A fact about the model. */
export class CallFailed extends Error {
  /** Undefined for work that is no call of the endpoint, such as a loss. */
  readonly call: UnansweredCall | undefined;
  /** How many of several runs were done before. */
  readonly before: number;

  constructor(message: string, call?: UnansweredCall, before = 0) {
    super(message);
    this.name = 'CallFailed';
    this.call = call;
    this.before = before;
  }
}

/** No concrete function matches the call; Python reports "Could not find matching concrete function". A fact about the model. */
export class CallRefused extends Error {
  /** Undefined where a loss was refused, not the endpoint. */
  readonly call: UnansweredCall | undefined;

  constructor(message: string, call?: UnansweredCall) {
    super(message);
    this.name = 'CallRefused';
    this.call = call;
  }
}

/** Says of a failure in which call it was; every other error stays as it is. */
export function inCall(call: UnansweredCall, error: unknown): unknown {
  return error instanceof CallFailed ? new CallFailed(error.message, call) : error;
}

/** What prevented an answer, and what may help. */
const remedies = {
  deadline: 'Raise limits.deadline in the spec.',
  crash: 'Run it again with the same seed; if it crashes again, try another TensorFlow with --tensorflow.',
  memory: 'Raise limits.memory in the spec.',
  'no-tensorflow': 'Run assay doctor, which shows what is wrong with it.',
  inaccessible:
    'It has no rights of root. Let its user read the folder, as with chown, or everyone, as with chmod -R a+rX.',
  unloadable: 'Try another TensorFlow with --tensorflow, such as the one that wrote the model.',
  'operation-missing':
    'Try another TensorFlow with --tensorflow, such as the one that wrote the model, or export the model without that operation.',
  unsupported: 'Please report it, so that such models can be run, too.',
  'value-missing': 'Export the model with a value for each variable.',
  /** An image file can't be read or decoded. */
  unreadable: 'Name an image file that TensorFlow can decode.',
} as const;

export type EngineFailure = keyof typeof remedies;

/** What the model does could not be observed. Never a verdict about the model. */
export class EngineError extends UserError {
  readonly failure: EngineFailure;
  /** Path of the variable that has no value. */
  readonly variable: string | undefined;

  constructor(failure: EngineFailure, message: string, variable?: string) {
    super(message, remedies[failure]);
    this.failure = failure;
    this.variable = variable;
  }
}

/** Why a process is of no use that has started. */
export function unusable({ kind, message }: Exclude<FirstReply, { kind: 'ready' }>): EngineError {
  if (kind === 'unloadable') return unloadable(message);
  if (kind === 'no-tensorflow')
    return new EngineError(kind, `TensorFlow itself could not be loaded: ${message}`);
  return new EngineError(kind, `The model's process lacks a right. ${message}`);
}

/** TensorFlow's own sentence is long, and names no package that an operation comes from. */
function unloadable(message: string): EngineError {
  const missing = /Op type not registered '([^']+)'/.exec(message)?.[1];
  if (missing !== undefined) return new EngineError('operation-missing', `${missingOperationText(missing)}.`);
  return new EngineError('unloadable', `TensorFlow could not load the model: ${message}`);
}

/** Undefined where a call fails. @throws any other error, which is a bug */
export function unlessCallFails(error: unknown): undefined {
  if (![CallFailed, CallRefused, EngineError].some((kind) => error instanceof kind)) throw error;
}
