import { expect, test } from 'vitest';
import { type Answer, exitCodeOfAnswer, type FunctionDelta } from '../verdict/comparison.js';
import { answerTo, type Found } from './answer.js';
import { forAll, forTraining } from './effects.js';

const rows = [{ kind: 'inference', images: 3, largest: 0.5, typical: 0.1, timesNoise: 9, cosine: 1 }];
const same: FunctionDelta = { rows, sameToNoise: true, sameWithin: true };
const within: FunctionDelta = { rows, sameToNoise: false, sameWithin: true };
const other: FunctionDelta = { rows, sameToNoise: false, sameWithin: false };
const told = { what: 'sizes', old: 'a', new: 'b', why: 'Because.' };
const found: Found = { purpose: 'fine-tuning', contract: [], function: same, undecided: [] };

test.each<[Answer, Partial<Found>]>([
  ['identical', {}],
  ['identical', { contract: [forAll('neutral', told)] }],
  ['drop-in', { contract: [forAll('widening', told)] }],
  ['drop-in', { function: within }],
  ['another-function', { function: other }],
  ['another-function', { function: { ...same, training: { same: false, says: 'x' } } }],
  ['identical', { function: { ...same, training: { same: false, says: 'x' } }, purpose: 'inference' }],
  ['not-a-replacement', { contract: [forAll('breaking', told)] }],
  ['not-a-replacement', { contract: [forTraining('breaking', told)] }],
  ['identical', { contract: [forTraining('breaking', told)], purpose: 'inference' }],
  ['not-a-replacement', { contract: [forAll('breaking', told)], undecided: ['x'] }],
  ['undecided', { undecided: ['x'] }],
  ['undecided', { function: other, undecided: ['x'] }],
  ['undecided', { function: undefined }],
  ['undecided', { function: { ...same, rows: [] } }],
])('%s: %j', (answer, given) => {
  expect(answerTo({ ...found, ...given })).toMatchObject({ answer });
});

test.each<[Answer, boolean, number]>([
  ['identical', false, 0],
  ['drop-in', false, 0],
  ['another-function', false, 1],
  ['another-function', true, 0],
  ['not-a-replacement', true, 1],
  ['undecided', true, 2],
])('exit code of %s, accepted: %s', (answer, accepted, code) => {
  expect(exitCodeOfAnswer(answer, accepted)).toBe(code);
});
