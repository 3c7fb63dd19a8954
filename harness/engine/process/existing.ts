import { unlessSystemError } from '../../verdict/system-error.js';

/** What is read; undefined where the system has it not, or not any more. @throws any other error */
export function existing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return unlessSystemError(error);
  }
}
