import { type Cause, noTensor } from '../check/cause.js';
import { imagesIn, refusedCall } from '../check/refused-call.js';
import { LeftOut } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import { tensorIn } from '../engine/output-index.js';
import {
  CallFailed,
  CallRefused,
  EngineError,
  type EngineFailure,
  type UnansweredCall,
  unlessCallFails,
} from '../engine/process/failures.js';
import type { Arguments, ModelCalls, ModelFacts } from '../engine/subject.js';
import type { Images } from '../images/picture.js';
import { argumentsInWords } from '../verdict/arguments-in-words.js';
import type { Batch } from '../verdict/batch.js';
import { plural } from '../verdict/plural.js';

/** What is needed of a model to find out why a call of it gives nothing. */
export type Callable = Pick<ModelFacts, 'endpoint' | 'concreteFunctionFor'> & Pick<ModelCalls, 'call'>;

/**
 * What an error says of the model that some check answers for: of a call that was refused, which argument is to blame;
 * of one that failed, whether it is its arguments, its number of images or their size. Undefined where it says nothing
 * of the kind, or that could not be found out. Makes calls to tell these apart.
 */
export async function causeOf(
  error: unknown,
  subject: Callable | undefined,
  contract: Contract,
): Promise<Cause | undefined> {
  if (error instanceof LeftOut) return error.why;
  if (error instanceof EngineError && error.variable !== undefined)
    return { kind: 'value-missing', of: error.variable, text: `The variable ${error.variable} has no value` };
  if (error instanceof EngineError && error.failure === 'operation-missing')
    return { kind: 'operation-missing', of: '', text: error.message.replace(/\.$/, '') };
  const lasting = error instanceof EngineError ? lastingFailures[error.failure] : undefined;
  if (error instanceof EngineError && lasting !== undefined)
    return { kind: 'cannot-run', of: error.message, text: lasting };
  if (error instanceof CallRefused && error.call && subject?.endpoint)
    return refusedCall(subject.endpoint, contract, imagesIn(error.call.batch), error.call.args);
  if (error instanceof CallFailed && error.call && subject)
    return failedCall(error.call, subject, contract).catch(unlessCallFails);
  return undefined;
}

/** What does not go away when the model is called again. */
const lastingFailures: Readonly<Partial<Record<EngineFailure, string>>> = {
  'no-tensorflow': 'TensorFlow itself could not be loaded',
  inaccessible: 'A file of the model cannot be read',
  unloadable: 'This TensorFlow cannot load the model',
  unsupported: 'The call cannot be made here',
};

/** The least part of the arguments with which the call fails. */
async function failedCall(
  { batch, args }: UnansweredCall,
  subject: Callable,
  contract: Contract,
): Promise<Cause | undefined> {
  const { training, ...others } = args;
  const concreteFunction = subject.concreteFunctionFor(plain(batch), args);
  if (!tensorIn(concreteFunction, contract.endpoint)) return noTensor([concreteFunction]);
  if (await fails(subject, batch, {})) return failedWithout(batch, subject);
  if (training !== undefined && (await fails(subject, batch, { training })))
    return { kind: 'training-failed', ...failedWith(batch, { training }, subject) };
  if (Object.keys(others).length === 0) return undefined;
  return { kind: 'hyperparameter-failed', ...failedWith(batch, args, subject) };
}

function failedWith(batch: Images, args: Arguments, subject: Callable): Pick<Cause, 'of' | 'text'> {
  return { of: functionOf(batch, args, subject), text: `The call with ${argumentsInWords(args)} fails` };
}

/** Where as many other images run, it is what they show that fails; where another number does, the number; else the size. */
async function failedWithout(batch: Images, subject: Callable): Promise<Cause> {
  const { count, height, width } = batch;
  const of = functionOf(batch, {}, subject);
  const size = `${height}×${width}`;
  if (await runsWithOthers(subject, batch))
    return { kind: 'contents-failed', of, at: { height, width }, ...overContents };
  for (const other of otherCounts.filter((one) => one !== count)) {
    if (await runs(subject, { ...plain(batch), count: other }))
      return { kind: 'batch-failed', of, text: `The call fails with ${plural(count, 'image')} of ${size}` };
  }
  return { kind: 'size-failed', of, at: { height, width }, text: `The call fails at ${size}` };
}

const overContents = {
  text: 'The call fails over what images show',
  finding: {
    expected: 'an output, as for other images of that size and number',
    remedy:
      'Neither the size nor the number of images is at fault: let the call accept every value from 0 to 1, both included.',
  },
} as const;

/** As many images of noise, or of anything else where these are. */
function runsWithOthers(subject: Callable, batch: Images): Promise<boolean> {
  const other = plain(batch);
  return runs(subject, { ...other, pattern: other.pattern === 'noise' ? 'blobs' : 'noise' });
}

const otherCounts = [1, 2, 3, 8];

/** A batch of as many images of that size, in the order that its pattern gives; noise for those of a file. */
function plain(batch: Images): Batch {
  const { count, height, width } = batch;
  const { pattern, seed } = 'file' in batch ? ({ pattern: 'noise', seed: 1 } as const) : batch;
  return { count, height, width, pattern, seed };
}

function functionOf(batch: Images, args: Arguments, subject: Callable): string {
  return subject.concreteFunctionFor(plain(batch), args).functionName;
}

async function fails(subject: Callable, batch: Images, args: Arguments): Promise<boolean> {
  return (await outcomeOf(subject, batch, args)) === 'failed';
}

async function runs(subject: Callable, batch: Images): Promise<boolean> {
  return (await outcomeOf(subject, batch, {})) === 'ran';
}

async function outcomeOf(
  subject: Callable,
  batch: Images,
  args: Arguments,
): Promise<'ran' | 'failed' | 'refused'> {
  try {
    await subject.call(batch, args);
    return 'ran';
  } catch (error) {
    if (error instanceof CallFailed) return 'failed';
    if (error instanceof CallRefused) return 'refused';
    throw error;
  }
}
