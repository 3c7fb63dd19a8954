import { describe, expect, test } from 'vitest';
import { FlowTooLarge } from './flow.js';
import { flowOf, fn, node, origins, walked } from './flow.test.support.js';

describe('an origin is', () => {
  test('an operation, with the output and the tensor of it', () => {
    const flow = flowOf({ main: fn(['x'], ['split:output:1'], [node('split', 'Split', ['x'])]) });
    expect(origins(flow)).toEqual(['split:output:1']);
  });

  test('an argument of the concrete function, or what it captures', () => {
    const flow = flowOf({ main: fn(['x', 'y', 'w'], ['x', 'y', 'w'], []) }, [40]);
    expect(origins(flow)).toEqual(['argument 0', 'argument 1', 'capture 40']);
  });

  test('what a called function makes of its arguments, at any depth', () => {
    const flow = flowOf(
      {
        main: fn(
          ['x', 'w'],
          ['call:output:1'],
          [node('call', 'PartitionedCall', ['x', 'w', '^x'], { f: 'outer' })],
        ),
        outer: fn(
          ['a', 'b'],
          ['a', 'call:output:0'],
          [node('call', 'StatefulPartitionedCall', ['b'], { f: 'inner' })],
        ),
        inner: fn(['c'], ['c'], []),
      },
      [40],
    );
    expect(origins(flow)).toEqual(['capture 40']);
  });

  test('found by the output name where the operation is named for its function', () => {
    const flow = flowOf({
      main: fn(['x', 'y'], ['call:r1:0'], [node('call', 'pair', ['x', 'y'])]),
      pair: fn(['a', 'b'], ['a', 'b'], []),
    });
    expect(origins(flow)).toEqual(['argument 1']);
  });

  test.each(['If', 'StatelessIf'])('in either branch of %s, and never its condition', (op) => {
    const flow = flowOf({
      main: fn(
        ['p', 'x', 'y'],
        ['if:output:0'],
        [node('if', op, ['p', 'x', 'y'], { then_branch: 'first', else_branch: 'second' })],
      ),
      first: fn(['a', 'b'], ['a'], []),
      second: fn(['a', 'b'], ['b'], []),
    });
    expect(origins(flow)).toEqual(['argument 1', 'argument 2']);
  });

  test('in every branch of Case', () => {
    const flow = flowOf({
      main: fn(
        ['p', 'x', 'y'],
        ['case:output:0'],
        [node('case', 'Case', ['p', 'x', 'y'], { branches: ['first', 'second'] })],
      ),
      first: fn(['a', 'b'], ['a'], []),
      second: fn(['a', 'b'], ['b'], []),
    });
    expect(origins(flow)).toEqual(['argument 1', 'argument 2']);
  });

  test('what comes into a loop, what it makes, and what it carries around', () => {
    const flow = flowOf({
      main: fn(
        ['x', 'y'],
        ['while:output:0'],
        [node('while', 'While', ['x', 'y'], { cond: 'cond', body: 'body' })],
      ),
      body: fn(['a', 'b'], ['b', 'sum:z:0'], [node('sum', 'Add', ['a', 'b'])]),
      cond: fn(['a', 'b'], ['b'], []),
    });
    expect(origins(flow).sort()).toEqual(['argument 0', 'argument 1', 'sum:z:0']);
  });
});

describe('what cannot be followed is reported', () => {
  test.each([
    [
      'a missing function',
      { main: fn([], ['call:output:0'], [node('call', 'PartitionedCall', [], { f: 'gone' })]) },
      'there is no function gone',
    ],
    [
      'a function that calls itself',
      { main: fn([], ['call:output:0'], [node('call', 'PartitionedCall', [], { f: 'main' })]) },
      'the function main calls itself',
    ],
    ['a missing operation', { main: fn([], ['gone:y:0'], []) }, 'main has no operation gone'],
    ['a missing argument', { main: fn([], ['gone'], []) }, 'main has no argument gone'],
    ['a result that is not named', { main: fn([], ['^x'], []) }, 'the control input ^x is used as a value'],
  ])('%s', (_, functions, why) => {
    expect(origins(flowOf(functions))).toEqual([why]);
  });

  test('functions that call each other twice, forty deep', () => {
    const call = (name: string, f: string) => node(name, 'PartitionedCall', ['x'], { f });
    const levels = Array.from({ length: 40 }, (_, at) => {
      const calls = [call('one', `level${at + 1}`), call('two', `level${at + 1}`)];
      const name = at === 0 ? 'main' : `level${at}`;
      return [
        name,
        fn(['x'], ['sum:z:0'], [...calls, node('sum', 'Add', ['one:output:0', 'two:output:0'])]),
      ] as const;
    });
    const flow = flowOf({ ...Object.fromEntries(levels), level40: fn(['x'], ['x'], []) });
    expect(() => walked(flow)).toThrow(FlowTooLarge);
  });
});

test('a walk meets each operation once for each run of its function, and ends in spite of loops', () => {
  const flow = flowOf(
    {
      main: fn(
        ['x', 'w'],
        ['sum:z:0'],
        [
          node('one', 'PartitionedCall', ['x', 'w'], { f: 'layer' }),
          node('two', 'PartitionedCall', ['one:output:0', 'w'], { f: 'layer' }),
          node('sum', 'Add', ['two:output:0', 'one:output:0']),
          node('unused', 'Sub', ['x', 'w']),
        ],
      ),
      layer: fn(
        ['x', 'w'],
        ['while:output:0'],
        [
          node('product', 'MatMul', ['x', 'w', '^x']),
          node('while', 'While', ['product:product:0', 'w'], { cond: 'body', body: 'body' }),
        ],
      ),
      body: fn(['a', 'w'], ['product:product:0', 'w'], [node('product', 'MatMul', ['a', 'w'])]),
    },
    [40],
  );
  const met = walked(flow);
  expect(met.filter((name) => name.startsWith('sum'))).toHaveLength(1);
  expect(met.filter((name) => name.startsWith('product'))).toHaveLength(4);
  expect(met.filter((name) => name.startsWith('unused'))).toEqual([]);
  expect(met).toContain('capture 40');
});
