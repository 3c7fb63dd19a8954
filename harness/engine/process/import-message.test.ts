import { expect, test } from 'vitest';
import { importMessage } from './import-message.js';

/** As TensorFlow 2.12 says it of a graph of 2.21. */
const aged = (why: string) =>
  `Converting GraphDef to Graph has failed with an error: '${why}' The binary trying to import the GraphDef was built when GraphDef version was 1395. The GraphDef was produced by a binary built when GraphDef version was 2474.`;

test.each([
  [
    aged("Op type not registered 'Conv' in binary running on vm. Make sure"),
    'this TensorFlow has no operation Conv',
  ],
  [aged('Input 0 of node Cast was passed int32'), 'Input 0 of node Cast was passed int32'],
  ["NodeDef missing attr 'padding'", "NodeDef missing attr 'padding'"],
  ["Attr 'T' has 'The binary' in it", "Attr 'T' has 'The binary' in it"],
])('%s', (message, expected) => {
  expect(importMessage(message)).toBe(expected);
});
