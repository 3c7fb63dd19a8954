import { expect, test } from 'vitest';
import type { Verdict } from './run.js';
import {
  answerOfOutputs,
  type ModelOnVersions,
  type OutputsCompared,
  verdictOfVersions,
} from './versions.js';

const row = { kind: 'inference', images: 3, largest: 0, typical: 0, timesNoise: 0, cosine: 1 };
const same: OutputsCompared = {
  from: '2.12.0',
  to: '2.21.0',
  function: { rows: [row], sameToNoise: true, sameWithin: true },
  differences: [],
  undecided: [],
};
const beyond: OutputsCompared = { ...same, function: { rows: [row], sameToNoise: false, sameWithin: false } };
const { function: _, ...uncalled } = same;

test.each<[string, OutputsCompared, string]>([
  ['within the noise', same, 'same'],
  ['beyond it', beyond, 'other'],
  [
    'a call that one of them refuses',
    { ...same, differences: [{ what: 'calls', from: 'a', to: 'b' }] },
    'other',
  ],
  [
    'other training',
    {
      ...same,
      function: { rows: [row], sameToNoise: true, sameWithin: true, training: { same: false, says: '' } },
    },
    'other',
  ],
  ['nothing called', uncalled, 'undecided'],
  ['no row compared', { ...same, function: { rows: [], sameToNoise: true, sameWithin: true } }, 'undecided'],
  ['a process lost halfway', { ...same, undecided: ['It crashed.'] }, 'undecided'],
  ['one lost after a difference', { ...beyond, undecided: ['It crashed.'] }, 'other'],
])('outputs: %s', (_, compared, answer) => {
  expect(answerOfOutputs(compared)).toBe(answer);
});

test.each<[Verdict, OutputsCompared, boolean, Verdict]>([
  ['conforms', same, false, 'conforms'],
  ['conforms', beyond, false, 'conforms'],
  ['conforms', beyond, true, 'does-not-conform'],
  ['conforms', uncalled, false, 'unknown'],
  ['unknown', same, false, 'unknown'],
  ['does-not-conform', uncalled, false, 'does-not-conform'],
])('a model that %s', (verdict, outputs, strict, expected) => {
  const results = [
    { version: '2.12.0', verdict: 'conforms' },
    { version: '2.21.0', verdict },
  ] as const;
  const model: ModelOnVersions = { name: '', spec: '', model: '', headline: '', results, outputs: [outputs] };
  expect(verdictOfVersions([model], strict)).toBe(expected);
});
