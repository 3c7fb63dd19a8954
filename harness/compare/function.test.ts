import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { CallRefused } from '../engine/process/failures.js';
import type { FakeAnswer } from '../engine/testing/fake-behavior.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import { changed } from '../engine/testing/tensors.js';
import { callBoth } from './function.js';

const contract = fakeContract({ api: 'image-classification' });

async function compared(call: FakeAnswer, seed = 1) {
  const options = { seed, randomUntil: Number.POSITIVE_INFINITY, pictures: [], beforeCall: () => undefined };
  const pair = { old: fakeSubject({ contract }), new: fakeSubject({ contract, call }) };
  return callBoth(pair, contract, { ...options, signal: new AbortController().signal });
}

describe('the same calls of two models', () => {
  test('that do the same', async () => {
    const { function: called, differences } = await compared((_images, _args, { sound }) => sound);
    expect(called).toMatchObject({ sameToNoise: true, sameWithin: true });
    expect(called.witness).toBeUndefined();
    expect(called.rows).toMatchObject([{ kind: 'inference', largest: 0, timesNoise: 0, cosine: 1 }]);
    const [{ top1 } = { top1: undefined }] = called.rows;
    expect(top1?.same).toBe(top1?.of);
    expect(differences).toEqual([]);
  });

  test('of which one refuses the calls that its noise is measured with', async () => {
    const options = {
      seed: 1,
      randomUntil: Number.POSITIVE_INFINITY,
      pictures: [],
      beforeCall: () => undefined,
    };
    const refusing = Object.assign(fakeSubject({ contract }), {
      noise: () => Promise.reject(new CallRefused('one image only')),
    });
    const pair = { old: fakeSubject({ contract }), new: refusing };
    const found = await callBoth(pair, contract, { ...options, signal: new AbortController().signal });
    expect(found.function).toMatchObject({ sameToNoise: true, sameWithin: true });
  });

  test('that differ for three images or more: the smallest batch that shows it', async () => {
    const { function: called } = await compared((images, _args, { sound }) =>
      images.count < 3 ? sound : changed(sound, (value) => value + 1),
    );
    expect(called).toMatchObject({ sameToNoise: false, sameWithin: false });
    expect(called.witness).toMatchObject({ kind: 'inference', batch: { count: 3, height: 8, width: 8 } });
    expect((called.witness?.new ?? 0) - (called.witness?.old ?? 0)).toBeCloseTo(1);
  });

  test('of which one gives NaN', async () => {
    const { function: called } = await compared((_images, _args, { sound }) =>
      changed(sound, () => Number.NaN),
    );
    expect(called).toMatchObject({ sameToNoise: false, sameWithin: false });
    expect(called.rows[0]?.largest).toBe(Number.POSITIVE_INFINITY);
  });

  test('of which one has two columns exchanged', async () => {
    const order = [0, 3, 2, 1];
    const { differences } = await compared((_images, _args, { sound }) => ({
      ...sound,
      values: sound.values.map((_, at) => sound.values[at - (at % 4) + (order[at % 4] ?? 0)] ?? 0),
    }));
    expect(differences).toMatchObject([{ what: 'order of columns', old: '1, 3', new: '3, 1' }]);
  });

  test('of which one refuses some, or returns another shape', async () => {
    const refused = await compared((images, _args, { sound }) => {
      if (images.count > 2) throw new CallRefused('too many');
      return sound;
    });
    expect(refused.differences).toMatchObject([
      { what: 'calls', new: 'too many', effect: { inference: 'breaking' } },
    ]);
    const wider = await compared((_images, _args, { sound }) => ({ ...sound, shape: [1, ...sound.shape] }));
    expect(wider.differences).toMatchObject([{ what: 'output', effect: { 'fine-tuning': 'breaking' } }]);
    expect(wider.function.rows).toEqual([]);
  });
});
