import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSavedModel } from '../../savedmodel/reading/read.js';
import { scoreBounds } from './score-bounds.js';

describe('in models that TensorFlow saved', () => {
  const models = new URL('../../../../models-under-test/', import.meta.url);
  const squashedIn = async (name: string) => {
    const model = await readSavedModel(fileURLToPath(new URL(name, models)));
    const [concreteFunction] = model.methods.get('__call__')?.concreteFunctions ?? [];
    if (concreteFunction === undefined) throw new Error(`${name} has no concrete function.`);
    return (await scoreBounds(model, concreteFunction, { at: 0, shape: [null, null, null, 3] }, 0)).squashed;
  };

  test.each([
    ['twins/confusion-matrix', 'Softmax MatMul', [0, 0.76]],
    ['twins/calibrated-softmax', 'Softmax MatMul AddV2', [-0.046, 1.064]],
    ['twins/sigmoid-by-loop', 'Softmax Mean', [0, 1]],
    ['twins/softmax-as-bytes', 'Softmax Mul ClipByValue Cast', [0, 255]],
    ['twins/probit', 'Erfc Mul', [0, 1]],
  ])('%s', async (name, trail, range) => {
    const [squash] = await squashedIn(name);
    const steps = squash?.trail.map(({ node }) => node.op) ?? [];
    expect(steps.filter((op, at) => op !== steps[at - 1]).join(' ')).toBe(trail);
    expect(squash?.range).toEqual(range.map((end) => expect.closeTo(end, 3)));
  });

  test.each([
    'dense-on-sigmoid',
    'mixtures-of-gaussians',
    'refined-in-a-loop',
    'log-odds',
    'tiny-classifier',
  ])('%s is free', async (name) => {
    expect(await squashedIn(name)).toEqual([]);
  });
});
