import { describe, expect, test } from 'vitest';
import { constant, operation } from '../../savedmodel/testing/fake-graph.js';
import { bounded, graph } from './scores.test.support.js';

describe('what lies on a straight line', () => {
  const table = (numbers: readonly number[]) => [
    constant('axis', 0),
    constant('table', numbers, 'float32'),
    ...graph('i = Cast x', 'j = AddV2 i 1', 't = ClipByValue x 0 1'),
    operation('a', 'GatherV2', ['table:output:0', 'i:y:0', 'axis:output:0']),
    operation('b', 'GatherV2', ['table:output:0', 'j:y:0', 'axis:output:0']),
  ];
  const sigmoid = Array.from({ length: 13 }, (_, at) => 1 / (1 + Math.exp(6 - at)));
  const lines: readonly (readonly string[])[] = [
    ['d = Sub b a', 's = Mul t d', 'y = AddV2 a s'],
    ['d = Sub a b', 's = Mul d t', 'y = Sub a s'],
    ['r = Sub 1 t', 'd = Mul r a', 's = Mul t b', 'y = AddV2 d s'],
    ['f = Floor x', 'g = Sub x f', 'd = Sub b a', 's = Mul g d', 'y = AddV2 s a'],
    [
      'z = ClipByValue x 0.1 0.9',
      'w = Sub z a',
      'd = Sub b a',
      'g = RealDiv w d',
      's = Mul g d',
      'y = AddV2 a s',
    ],
    [
      'z = ClipByValue x 0.1 0.9',
      'w = Sub z a',
      'd = Sub b a',
      'p = Mul d w',
      's = RealDiv p d',
      'y = AddV2 a s',
    ],
    [
      'z = ClipByValue x 0.1 0.9',
      'w = Sub z a',
      'd = Sub b a',
      'p = RealDiv d d',
      's = Mul p w',
      'y = AddV2 a s',
    ],
  ];

  test.each(lines)('in a table of a sigmoid, by %s, %s, …', async (...operations) => {
    const { squashed } = await bounded([...table(sigmoid), ...graph(...operations)]);
    expect(squashed).toMatchObject([
      { form: 'probabilities', range: [expect.closeTo(0.0025, 4), expect.closeTo(0.9975, 4)] },
    ]);
  });

  test.each(lines)('in a table of other numbers from 0 to 1, by %s, %s, …', async (...operations) => {
    const numbers = [0.1, 0.9, 0, 1, 0.4, 0.3, 0.2, 0.5, 0.6];
    const bounds = await bounded([...table(numbers), ...graph(...operations)]);
    expect(bounds).toMatchObject({ squashed: [], stored: [0, 1] });
  });

  test.each(lines)('in a table of logits, by %s, %s, …', async (...operations) => {
    const logits = sigmoid.map((_, at) => 3 * (at - 6));
    const bounds = await bounded([...table(logits), ...graph(...operations)]);
    expect(bounds).toMatchObject({ squashed: [], free: true, stored: undefined });
  });

  test('beyond which constants go on', async () => {
    const last = ['d = Sub b a', 's = Mul t d', 'm = AddV2 a s', 'c = Less x 0', 'y = Select c 0 m'];
    const { squashed } = await bounded([...table(sigmoid), ...graph(...last)]);
    expect(squashed).toMatchObject([{ form: 'probabilities' }]);
  });
});
