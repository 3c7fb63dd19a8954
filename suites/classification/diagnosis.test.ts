import { describe, expect, test } from 'vitest';
import type { Contract } from '../../harness/contract/contract.js';
import { parseSpec } from '../../harness/contract/parsing/parse.js';
import { CallFailed } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import type { Colors } from '../../harness/images/picture.js';
import { remedyFor } from './diagnosis.js';
import { mistakeIn } from './known-answer.js';
import type { ExampleResult } from './try-examples.js';

const unexplained = /^Compare with training/;

describe('other colours', () => {
  test('are named when all examples pass for them', async () => {
    const examples = tried([0, 3], [0, 1], [0, 4]);
    expect(await remedyFor(seeing(examples, 'rgb -1 1'), examples, contract(10, 3))).toBe(
      'All examples pass for RGB in [-1, 1]. By chance, that happens once in 111 times. If it was trained on these, start the call with `images * 2.0 - 1.0`, so that it takes RGB in [0, 1], and save the model again.',
    );
  });

  test('are all named when several do, the likeliest first', async () => {
    const examples = tried([0, 3], [0, 1], [0, 4]);
    expect(await remedyFor(seeing(examples, 'bgr 0 255', 'bgr 0 1'), examples, contract(10, 3))).toMatch(
      /^All examples pass for BGR in \[0, 1\], or for BGR in \[0, 255\]\. .*`images\[\.\.\., ::-1\]`/,
    );
  });

  test('include those of the contract, where the spec declares others', async () => {
    const examples = tried([0, 3], [0, 1], [0, 4]);
    const remedy = await remedyFor(
      seeing(examples, 'rgb 0 1'),
      examples,
      contract(10, 3, 'color_range: [-1, 1]'),
    );
    expect(remedy).toBe(
      'All examples pass for RGB in [0, 1]. By chance, that happens once in 111 times. Remove `color_range` from the spec.',
    );
  });

  test('are named for scores that agree', async () => {
    const [example] = tried([0, 3]);
    const scores = {
      kind: 'scores',
      values: Float64Array.of(0, 0, 0, 1),
      tolerance: 0.1,
      file: 'a.npy',
    } as const;
    const examples = example ? [{ ...example, answer: scores }] : [];
    const remedy = await remedyFor(giving([0, 0, 0, 1], 'rgb 0 255'), examples, contract(4, 1));
    expect(remedy).toMatch(/^All examples pass for RGB in \[0, 255\]\./);
  });

  test.each([
    ['one example does not come right', tried([0, 3], [0, 1], [0, 4]), 2, 10],
    ['all examples have one class, which may always come', tried([0, 3], [0, 3], [0, 3]), 3, 10],
  ])('are not named when %s', async (_, examples, right, classes) => {
    const subject = seeing(examples.slice(0, right), 'rgb -1 1');
    expect(await remedyFor(subject, examples, contract(classes, examples.length))).toMatch(unexplained);
  });

  test.each([
    [
      'one of each class',
      tried([0, 1], [0, 2], [1, 0]),
      'By chance, that happens once in 3 times: add examples of each class to be sure.',
    ],
    [
      'three of each class',
      tried([0, 1], [0, 2], [1, 0], [0, 1], [0, 2], [1, 0], [0, 1], [0, 2], [1, 0]),
      'By chance, that happens once in 187 times.',
    ],
    [
      'two classes',
      tried([0, 1], [1, 0]),
      'With so few examples, chance gives the same result half of the time: add some of each class.',
    ],
  ])('are named with the odds of chance where there are few classes: %s', async (_, examples, odds) => {
    const remedy = await remedyFor(seeing(examples, 'rgb -1 1'), examples, contract(3, examples.length));
    expect(remedy).toContain(`All examples pass for RGB in [-1, 1]. ${odds}`);
  });

  test('are not named when some examples could not be decided', async () => {
    const examples = tried([0, 3], [0, 1], [0, 4]);
    expect(await remedyFor(seeing(examples, 'rgb -1 1'), examples, contract(10, 4))).toMatch(unexplained);
  });

  test('are not named when the calls fail', async () => {
    const subject = { call: () => Promise.reject(new CallFailed('no')) };
    expect(await remedyFor(subject, tried([0, 3], [0, 1], [0, 4]), contract(10, 3))).toMatch(unexplained);
  });
});

describe('shifted classes', () => {
  test.each([
    ['one above', tried([4, 3], [2, 1], [5, 4]), /^Every example gets the class one above its own/],
    ['one below', tried([2, 3], [0, 1], [3, 4]), /^Every example gets the class one below its own/],
    ['by different steps', tried([4, 3], [0, 1], [5, 4]), unexplained],
    ['by two', tried([5, 3], [3, 1], [6, 4]), unexplained],
    ['one above, but so few classes may be guessed', tried([4, 3]), unexplained],
  ])('%s', async (_, examples, remedy) => {
    const subject = seeing([], 'rgb 0 1');
    expect(await remedyFor(subject, examples, contract(10, examples.length))).toMatch(remedy);
  });
});

/** Examples by the class that each gets and the one that it should get. */
function tried(...classes: readonly (readonly [got: number, wanted: number])[]): ExampleResult[] {
  return classes.map(([got, wanted], place) => {
    const image = `${place}.png`;
    const row = oneHot(got);
    const answer = { kind: 'class', indices: [wanted] } as const;
    const size = { height: 8, width: 8 };
    const picture = { file: image, count: 1, ...size } as const;
    return { image, own: size, picture, answer, row, mistake: mistakeIn(row, answer, []) };
  });
}

/** A model that gets these examples right for these colours, and everything else wrong. */
function seeing(examples: readonly ExampleResult[], ...colors: readonly string[]): Pick<Subject, 'call'> {
  return answering(colors, (file) => {
    const answer = examples.find(({ image }) => image === file)?.answer;
    return oneHot(answer?.kind === 'class' ? (answer.indices[0] ?? 9) : 9);
  });
}

/** A model that gives this row for these colours. */
function giving(row: readonly number[], ...colors: readonly string[]): Pick<Subject, 'call'> {
  return answering(colors, () => Float32Array.from(row));
}

function answering(colors: readonly string[], rowOf: (file: string) => Float32Array): Pick<Subject, 'call'> {
  return {
    call: async (images) => {
      const known = 'file' in images && images.colors && colors.includes(text(images.colors));
      const values = known ? rowOf(images.file) : oneHot(9);
      return { dtype: 'float32', shape: [1, values.length], values };
    },
  };
}

function text({ range, order }: Colors): string {
  return range.kind === 'range' ? `${order} ${range.min} ${range.max}` : `${order} standardized`;
}

function oneHot(index: number): Float32Array {
  return Float32Array.from({ length: 10 }, (_, place) => (place === index ? 1 : 0));
}

function contract(classes: number, examples: number, more = ''): Contract {
  const listed = Array.from({ length: examples }, (_, place) => `{ image: ${place}.png, class: 0 }`);
  const text = `model: m\napi: image-classification\nimage_size: 8\nnum_classes: ${classes}\nexamples: [${listed}]\n${more}`;
  const parsed = parseSpec(text, 'spec.yaml');
  if (parsed.kind === 'contract') return parsed.contract;
  throw new Error(parsed.problems[0]?.message);
}
