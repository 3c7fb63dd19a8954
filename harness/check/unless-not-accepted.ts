import { CallFailed, CallRefused } from '../engine/process/failures.js';
import { LeftOut } from './violation.js';

/**
 * What is found of a call with hyperparameters; undefined where that call fails, is refused or gives no rows of numbers.
 * That is for the check to tell that asks whether hyperparameters are accepted, which makes the same call.
 */
export async function unlessNotAccepted<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused || error instanceof LeftOut)
      return undefined;
    throw error;
  }
}
