import { expect, test } from 'vitest';
import { constant, operation } from '../../savedmodel/testing/fake-graph.js';
import { bounded, graph } from './scores.test.support.js';

test('weights of both signs are distinguished from class weights: a sum of what they weigh is a layer', async () => {
  const weights = constant('weights', [0.5, -1, 2, 3], 'float32');
  const axis = constant('axis', [1]);
  const weighted = [...graph('a = Sigmoid x'), weights, operation('b', 'Mul', ['a:y:0', 'weights:output:0'])];
  const sum = [axis, operation('y', 'Sum', ['b:y:0', 'axis:output:0'])];
  expect((await bounded(weighted)).squashed).toMatchObject([{ range: [-1, 3] }]);
  expect((await bounded([...weighted, ...sum])).squashed).toEqual([]);
});

test('distances of bounded features to centers are a layer', async () => {
  const centers = constant('centers', [0.5, 0.1, 0.2, 0.3], 'float32');
  const axis = constant('axis', [1]);
  const difference = operation('b', 'Sub', ['a:y:0', 'centers:output:0']);
  const sum = operation('d', 'Sum', ['c:y:0', 'axis:output:0']);
  const operations = [...graph('a = Sigmoid x'), centers, difference, ...graph('c = Square b'), axis, sum];
  expect((await bounded([...operations, ...graph('y = Neg d')])).squashed).toEqual([]);
});

test('a blur of each channel alone keeps probabilities where they are', async () => {
  const kernel = constant('kernel', [0.25, 0.25, 0.5, 0.5, 0.25, 0.25], 'float32', [3, 1, 2, 1]);
  const blur = operation('y', 'DepthwiseConv2dNative', ['a:y:0', 'kernel:output:0']);
  expect((await bounded([...graph('a = Sigmoid x'), kernel, blur])).squashed).toMatchObject([
    { range: [0, 1] },
  ]);
});
