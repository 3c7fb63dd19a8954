import { describe, expect, test } from 'vitest';
import { constant, functionNamed, libraryFunction, operation } from '../../savedmodel/testing/fake-graph.js';
import { bounded, graph, x } from './scores.test.support.js';

const { POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

describe('scores are squashed by', () => {
  test.each<readonly [string, readonly string[], string, readonly [number, number]]>([
    ['a sigmoid', ['y = Sigmoid x'], 'probabilities', [0, 1]],
    [
      'a sigmoid by hand',
      ['a = Neg x', 'b = Exp a', 'c = AddV2 1 b', 'y = RealDiv 1 c'],
      'probabilities',
      [0, 1],
    ],
    [
      '1 / (1 + 2^-x)',
      ['a = Neg x', 'b = Pow 2 a', 'c = AddV2 1 b', 'y = Reciprocal c'],
      'probabilities',
      [0, 1],
    ],
    ['a sigmoid of tanh', ['a = Tanh x', 'b = AddV2 a 1', 'y = Mul b 0.5'], 'probabilities', [0, 1]],
    ['exp(x) / (1 + exp(x))', ['a = Exp x', 'b = AddV2 a 1', 'y = RealDiv a b'], 'probabilities', [0, 1]],
    ['softsign by hand', ['a = Abs x', 'b = AddV2 a 1', 'y = RealDiv x b'], 'squashed', [-1, 1]],
    ['a power between', ['a = Sigmoid x', 'b = Pow a 0.5', 'y = Mul b 255'], 'probabilities', [0, 255]],
    ['hard sigmoid', ['a = AddV2 x 3', 'b = Relu6 a', 'y = RealDiv b 6'], 'probabilities', [0, 1]],
    [
      'hard sigmoid in percent',
      ['a = Mul x 0.2', 'b = AddV2 a 0.5', 'c = ClipByValue b 0 1', 'y = Mul c 100'],
      'probabilities',
      [0, 100],
    ],
    ['a comparison', ['a = Greater x 0', 'y = Cast a'], 'probabilities', [0, 1]],
    ['the remainder of a division', ['y = FloorMod x 1'], 'probabilities', [0, 1]],
    ['log-sigmoid', ['a = Neg x', 'b = Softplus a', 'y = Neg b'], 'logarithms', [minusInfinity, 0]],
    ['x - softplus(x)', ['a = Softplus x', 'y = Sub x a'], 'logarithms', [minusInfinity, 0]],
    [
      'x - logsumexp(x)',
      ['m = Max x 1', 'a = Sub x m', 'b = Exp a', 's = Sum b 1', 'c = Log s', 'd = AddV2 c m', 'y = Sub x d'],
      'logarithms',
      [minusInfinity, 0],
    ],
    [
      'log of clipped probabilities',
      ['a = Sigmoid x', 'b = Maximum a 0.001', 'y = Log b'],
      'logarithms',
      [Math.log(0.001), 0],
    ],
    ['surprisal', ['a = Sigmoid x', 'b = Log a', 'y = Neg b'], 'negative-logarithms', [0, infinity]],
    [
      'surprisal of what is rare',
      ['r = Sub x 9', 'a = Sigmoid r', 'b = Log a', 'y = Neg b'],
      'negative-logarithms',
      [0, infinity],
    ],
    ['odds', ['a = Sigmoid x', 'b = Sub 1 a', 'y = RealDiv a b'], 'squashed', [0, infinity]],
    ['exp', ['y = Exp x'], 'exponentials', [0, infinity]],
    ['shares of a sum', ['a = Softplus x', 's = Sum a 1', 'y = RealDiv a s'], 'probabilities', [0, 1]],
    [
      'one over a squared distance',
      ['a = Square x', 's = Sum a 1', 'b = AddV2 s 1', 'y = Reciprocal b'],
      'probabilities',
      [0, 1],
    ],
    [
      "shares of Student's t kernels around centers",
      ['d = SquaredDifference x read_0:value:0', 's = Sum d 1', 'b = AddV2 s 1', 'y = Reciprocal b'],
      'probabilities',
      [0, 1],
    ],
    ['a sum of unknown length', ['a = Sigmoid x', 'y = Sum a 0'], 'squashed', [0, infinity]],
  ])('%s', async (_, lines, form, range) => {
    const { squashed, free } = await bounded(graph(...lines));
    expect(squashed).toMatchObject([
      { form, range: range.map((end) => (Number.isFinite(end) ? expect.closeTo(end, 4) : end)) },
    ]);
    expect(free).toBe(false);
  });
});

describe('scores are free after', () => {
  test.each<readonly [string, readonly string[]]>([
    ['nothing', []],
    ['a bias and a scale', ['a = Mul x 3', 'y = AddV2 a 1']],
    ['a soft cap', ['a = RealDiv x 30', 'b = Tanh a', 'y = Mul b 30']],
    ['a soft cap of a ReLU', ['r = Relu x', 'a = RealDiv r 30', 'b = Tanh a', 'y = Mul b 30']],
    ['a soft cap by a sigmoid', ['a = RealDiv x 15', 'b = Sigmoid a', 'c = Mul b 60', 'y = Sub c 30']],
    ['x sigmoid(1.7 x)', ['a = Mul x 1.7', 'b = Sigmoid a', 'y = Mul x b']],
    ['softplus, of either sign', ['a = Softplus x', 'b = Neg x', 'c = Softplus b', 'y = Sub a c']],
    ['softplus', ['y = Softplus x']],
    ['ReLU', ['y = Relu x']],
    ['ELU', ['y = Elu x']],
    ['a clip far out', ['y = ClipByValue x -50 50']],
    ['distances from centers', ['d = SquaredDifference x read_0:value:0', 's = Sum d 1', 'y = Neg s']],
    ['negative squared distances', ['a = Square x', 's = Sum a 1', 'y = Neg s']],
    [
      'the logarithm of exp(-d²)',
      ['a = Square x', 's = Sum a 1', 'b = Neg s', 'c = Exp b', 'd = AddV2 c 0.000001', 'y = Log d'],
    ],
    ['log-odds', ['a = Sigmoid x', 'b = Sub 1 a', 'c = RealDiv a b', 'y = Log c']],
    ['x - max(x)', ['m = Max x 1', 'y = Sub x m']],
    ['division by a length', ['a = Square x', 's = Sum a 1', 'b = Rsqrt s', 'y = Mul x b']],
    ['asinh', ['y = Asinh x']],
    ['a soft cap on one side', ['a = Sub 30 x', 'b = Softplus a', 'y = Sub 30 b']],
  ])('%s', async (_, lines) => {
    expect(await bounded(graph(...lines))).toMatchObject({ squashed: [], free: true, opaque: undefined });
  });
});

describe('only what the values show decides', () => {
  test.each([
    ['a narrow clip', ['y = ClipByValue x -1 1'], 'reached'],
    ['relu6', ['y = Relu6 x'], 'reached'],
    ['a steep cap', ['a = Tanh x', 'y = Mul a 30'], 'saturates'],
  ])('%s', async (_, lines, shownBy) => {
    expect((await bounded(graph(...lines))).squashed).toMatchObject([{ shownBy }]);
  });
});

test('columns that are squashed are distinguished from those that are not', async () => {
  const axis = constant('axis', 1);
  const joined = operation('y', 'ConcatV2', [x, 'a:y:0', 'axis:output:0']);
  const { squashed, free } = await bounded([...graph('a = Sigmoid x'), axis, joined]);
  expect(squashed).toMatchObject([{ range: [0, 1] }]);
  expect(free).toBe(true);
});

test('branches that are squashed are distinguished from those that are not', async () => {
  const branch = (name: string, op: string) =>
    libraryFunction(name, ['x'], ['y:y:0'], [operation('y', op, ['x'])]);
  const condition = constant('condition', 1);
  const attributes = { then_branch: functionNamed('then'), else_branch: functionNamed('else') };
  const choice = operation('y', 'If', ['condition:output:0', x], attributes);
  const { squashed, free } = await bounded(
    [condition, choice],
    [branch('then', 'Sigmoid'), branch('else', 'Identity')],
  );
  expect(squashed).toMatchObject([{ form: 'probabilities' }]);
  expect(free).toBe(true);
});

test('a sum that a loop adds probabilities to has no upper end', async () => {
  const body = libraryFunction(
    'body',
    ['sum', 'x'],
    ['y:z:0', 'x'],
    [operation('p', 'Sigmoid', ['x']), operation('y', 'AddV2', ['sum', 'p:y:0'])],
  );
  const condition = libraryFunction('condition', ['sum', 'x'], ['sum'], []);
  const attributes = { cond: functionNamed('condition'), body: functionNamed('body') };
  const loop = operation('y', 'While', ['zero:output:0', x], attributes);
  const { squashed } = await bounded([constant('zero', 0, 'float32'), loop], [body, condition]);
  expect(squashed).toMatchObject([{ range: [0, infinity] }]);
});

test('an operation that cannot be looked into is named, unless a layer with weights or a squash follows', async () => {
  expect(await bounded(graph('y = XlaCallModule x'))).toMatchObject({ free: true, opaque: 'XlaCallModule' });
  expect(await bounded(graph('a = XlaCallModule x', 'y = Sigmoid a'))).toMatchObject({
    free: false,
    opaque: undefined,
  });
  expect(await bounded(graph('a = XlaCallModule x', 'y = MatMul a read_0:value:0'))).toMatchObject({
    opaque: undefined,
  });
});

test.each([
  ['shares', [0, 0.25, 0.9, 1], [0, 1]],
  ['numbers of both signs', [-0.4, 0.1, 0.6, 0.9], undefined],
  ['numbers that hardly differ', [0.4, 0.45, 0.5, 0.55], undefined],
])('what is looked up in a table of %s', async (_, numbers, stored) => {
  const table = constant('table', numbers, 'float32');
  const lookup = operation('y', 'GatherV2', ['table:output:0', 'a:y:0', 'axis:output:0']);
  const bounds = await bounded([...graph('a = Cast x'), constant('axis', 0), table, lookup]);
  const [low, high] = bounds.stored ?? [];
  expect(bounds.stored && [low, Math.round((high ?? 0) * 100) / 100]).toEqual(stored);
});
