import { expect, test } from 'vitest';
import { plainMessage } from './plain-message.js';

test('the words of the model stay, those of the way to it go', () => {
  const said = [
    'Session fail to run with error: {{function_node __inference___call___195}} {{function_node __inference___call___195}} assertion failed: [48]',
    '\t [[{{function_node while_body_248}}{{node assert_less/Assert/Assert}}]]',
    '\t [[assay/function/0/call]]',
  ].join('\n');
  expect(plainMessage(said)).toBe('assertion failed: [48] (at assert_less/Assert/Assert)');
});

test.each([' ', '[[{{node ', '[[assay/', '{{function_node '])(
  'however often a model writes "%s" into it, it comes to an end',
  (piece) => {
    expect(plainMessage(`${piece.repeat(400_000)}x`)).toMatch(/x$/);
  },
);

test('a node of ours alone goes, too', () => {
  expect(plainMessage('Incompatible shapes: [2] vs. [3]\n\t [[{{node assay/compare/3}}]]')).toBe(
    'Incompatible shapes: [2] vs. [3]',
  );
});
