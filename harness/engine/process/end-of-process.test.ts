import { expect, test } from 'vitest';
import { endOf } from './end-of-process.js';

test.each([
  [null, 'SIGKILL', '', "The model's process was ended by SIGKILL."],
  [
    134,
    null,
    'F tensorflow/core: Check failed\n',
    "The model's process was ended by SIGABRT: F tensorflow/core: Check failed.",
  ],
  [
    1,
    null,
    "I0000 started\nbwrap: Can't find source path\n",
    "The model's process ended with code 1: bwrap: Can't find source path.",
  ],
  [139, null, 'std::bad_alloc', 'The model ran out of memory.'],
] as const)('code %s, signal %s', (code, signal, stderr, message) => {
  expect(endOf(code, signal, stderr).message).toBe(message);
});
