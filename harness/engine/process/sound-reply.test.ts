import { expect, test } from 'vitest';
import { soundReply } from './sound-reply.js';

const tensor = { shape: [2, 3], values: new Float32Array(6) };
const fetched = { kind: 'fetched', id: 1, tensors: [tensor], callMs: 1 };

test.each<[string, object]>([
  ['ready', { kind: 'ready', tensorflow: '2.21.0' }],
  ['tensors', fetched],
  ['no tensors, with texts', { ...fetched, tensors: [], texts: ['x', null] }],
  ['a scalar', { ...fetched, tensors: [{ shape: [], values: new Int32Array(1) }] }],
  ['nothing', { ...fetched, tensors: [{ shape: [0, 4], values: new Float32Array() }] }],
  ['a failure', { kind: 'failed', id: 0, message: 'x', callMs: 0, before: 0 }],
  ['what is undecided', { kind: 'undecided', id: 0, failure: 'unreadable', message: 'x' }],
])('an answer: %s', (_, message) => {
  expect(soundReply(message)).toEqual(message);
});

const sparse: number[] = [];
sparse.length = 1e6;
const huge: number[] = [];
huge.length = 2 ** 32 - 1;

test.each<[string, unknown]>([
  ['null', null],
  ['a text', 'ready'],
  ['of no kind', {}],
  ['of a kind that there is not', { ...fetched, kind: 'constructor' }],
  ['a sparse list of values', { ...fetched, tensors: [{ shape: [6], values: sparse }] }],
  ['a list that claims to be endless', { ...fetched, tensors: huge }],
  ['a list with holes', { ...fetched, tensors: sparse }],
  ['a shape with holes', { ...fetched, tensors: [{ shape: huge, values: new Float32Array() }] }],
  ['another number of values', { ...fetched, tensors: [{ ...tensor, shape: [7] }] }],
  ['a negative size', { ...fetched, tensors: [{ shape: [-2, -3], values: new Float32Array(6) }] }],
  ['a size that is no number', { ...fetched, tensors: [{ shape: ['6'], values: new Float32Array(6) }] }],
  ['a map for values', { ...fetched, tensors: [{ shape: [0], values: new Map() }] }],
  ['a time that is none', { ...fetched, callMs: 'x' }],
  ['no time at all', { ...fetched, callMs: Number.NaN }],
  ['texts that are none', { ...fetched, texts: [{}] }],
  ['a message that is none', { kind: 'failed', id: 0, message: {}, callMs: 0, before: 0 }],
  ['a failure by the name of a method', { kind: 'undecided', id: 0, failure: 'constructor', message: '' }],
])('no answer: %s', (_, message) => {
  expect(soundReply(message)).toBeUndefined();
});

test('texts are cut', () => {
  const endless = ' '.repeat(1e6);
  expect(soundReply({ kind: 'failed', id: 0, message: endless, callMs: 0, before: 0 })).toMatchObject({
    message: ' '.repeat(4000),
  });
  expect(soundReply({ ...fetched, texts: [endless] })).toMatchObject({ texts: [' '.repeat(4000)] });
});
