import { expect, test } from 'vitest';
import { missingOperationText } from './missing-operation.js';

test.each([
  ['Addons>Mish', 'tensorflow-addons'],
  ['TFText>FastWordpieceTokenizeWithOffsets', 'tensorflow-text'],
  ['SentencepieceTokenizeOp', 'tensorflow-text'],
  ['SimpleMLInferenceOpWithHandle', 'tensorflow-decision-forests'],
  ['Acme>Swirl', 'a package that calls its operations Acme'],
])('%s comes from %s', (op, from) => {
  expect(missingOperationText(op)).toBe(
    `TensorFlow has no operation ${op}, which comes from ${from}; the model cannot run here`,
  );
});

test('of an operation with a plain name nothing is guessed', () => {
  expect(missingOperationText('NewMatMul')).toBe(
    'TensorFlow has no operation NewMatMul; the model cannot run here',
  );
});
