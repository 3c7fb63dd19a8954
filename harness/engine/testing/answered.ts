import { inCall, type UnansweredCall } from '../process/failures.js';

/** @throws what `answer` throws; a call that failed knows which it was, as in the engine */
export function answered<T>(call: UnansweredCall, answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    throw inCall(call, error);
  }
}
