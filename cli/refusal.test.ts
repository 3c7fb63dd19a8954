import { expect, test } from 'vitest';
import { RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { UserError } from '../harness/verdict/user-error.js';
import { refusalText } from './refusal.js';

test('what happened is reported on one line, whatever it names, and under it what fixes it', () => {
  const error = new UserError('no model new\n::error::mine', 'say this\nor that');
  expect(refusalText(error)).toBe('no model new\\n::error::mine\n  → say this\n  → or that\n');
});

test('every source of TensorFlow is listed', () => {
  const error = new RuntimeUnavailable('TensorFlow 2.1', [
    { source: 'pip', why: 'offline', remedy: 'go online' },
  ]);
  expect(refusalText(error)).toBe('TensorFlow 2.1 cannot be prepared.\n  pip: offline\n    → go online\n');
});

test('a fault of ours is thrown on', () => {
  const fault = new TypeError('not a function');
  expect(() => refusalText(fault)).toThrow(fault);
});
