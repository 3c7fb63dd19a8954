import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSavedModel } from '../../savedmodel/reading/read.js';
import { endingOf } from './ending.js';

const models = new URL('../../../../models-under-test/', import.meta.url);

describe('a graph ends', () => {
  test.each([
    ['tiny-classifier', ['AddV2'], ['AddV2', 'Identity']],
    ['two-classes', ['ConcatV2'], ['AddV2', 'ConcatV2', 'Identity', 'Neg']],
    ['keras2-features', ['BiasAdd'], ['BiasAdd', 'Identity']],
    ['twins/softmax-with-temperature', ['Softmax'], ['AddV2', 'Identity', 'RealDiv', 'Softmax']],
    ['twins/log-softmax', ['LogSoftmax'], ['AddV2', 'Identity', 'LogSoftmax']],
    ['twins/sigmoid', ['Sigmoid'], ['AddV2', 'Identity', 'Sigmoid']],
  ])('%s', async (name, last, elementwise) => {
    const model = await readSavedModel(fileURLToPath(new URL(name, models)));
    const [concreteFunction] = model.methods.get('__call__')?.concreteFunctions ?? [];
    const ending = concreteFunction && endingOf(model, concreteFunction, 0);
    expect([...(ending?.last ?? [])]).toEqual(last);
    expect([...(ending?.elementwise ?? [])].sort()).toEqual(elementwise);
    expect(ending?.unknown).toBe(false);
  });

  test('in something unknown, where there is no such output', async () => {
    const model = await readSavedModel(fileURLToPath(new URL('tiny-classifier', models)));
    const [concreteFunction] = model.methods.get('__call__')?.concreteFunctions ?? [];
    expect(concreteFunction && endingOf(model, concreteFunction, 7)).toMatchObject({ unknown: true });
  });
});
