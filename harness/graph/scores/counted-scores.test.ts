import { describe, expect, test } from 'vitest';
import type { GraphNode } from '../../savedmodel/saved-model.js';
import { constant, operation } from '../../savedmodel/testing/fake-graph.js';
import { bounded, graph, x } from './scores.test.support.js';

const sorted = constant('sorted', [0, 1, 2, 3], 'float32');

describe('counts are squashed', () => {
  test.each<readonly [string, GraphNode[], readonly [number, number]]>([
    ['places in a sorted sequence', graph('y = LowerBound sorted:output:0 x'), [0, 4]],
    ['places by their upper ends', graph('y = UpperBound sorted:output:0 x'), [0, 4]],
    ['buckets', [operation('y', 'Bucketize', [x], { boundaries: [0, 1, 2] })], [0, 3]],
    [
      'items in bins',
      graph('a = ArgMax x 1', 'y = DenseBincount a 6 none:output:0'),
      [0, Number.POSITIVE_INFINITY],
    ],
    ['votes that are added up', graph('a = ArgMax x 1', 'y = ScatterNd a sorted:output:0 6'), [0, 12]],
    ['votes on top of one', graph('a = ArgMax x 1', 'y = TensorScatterAdd 1 a sorted:output:0'), [1, 13]],
  ])('%s', async (_, operations, range) => {
    const { squashed, free } = await bounded([sorted, constant('none', [], 'float32'), ...operations]);
    expect(squashed).toMatchObject([{ range }]);
    expect(free).toBe(false);
  });

  test('not those of weights of both signs', async () => {
    const signed = constant('signed', [-1, 1], 'float32');
    const operations = graph('a = ArgMax x 1', 'y = DenseBincount a 6 signed:output:0');
    expect(await bounded([signed, ...operations])).toMatchObject({ squashed: [], free: true });
  });
});
