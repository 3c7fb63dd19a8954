import { describe, expect, test } from 'vitest';
import { none, type Randomness, type Randoms, randoms, union } from './randomness.js';
import {
  constant,
  content,
  either,
  hasContent,
  masked,
  masksOf,
  noiseOf,
  offset,
  productOf,
  random,
  sumOf,
  TooManyWays,
  type Value,
} from './unit-value.js';

const [x, f, g] = [content('x'), content('f'), content('g')];
const images = content('ReverseV2 0:0 (images)');
const [m, n] = [drawn('m'), drawn('n')];
const noise = drawn('noise', { centred: true });
const rows = drawn('rows', { reach: 'rows' });

describe('a unit is dropped', () => {
  test.each<readonly [string, Value, string]>([
    ['by a mask on all of it', masked(x, m), 'm'],
    ['by a mask on the sum', masked(sumOf([x, f]), m), 'm'],
    ['by one mask on each summand', sumOf([masked(x, m), masked(f, m)]), 'm'],
    ['by a mask on a factor', productOf([x, masked(g, m)]), 'm'],
    ['where a bias follows', sumOf([masked(x, m), constant]), 'm'],
    ['where its part is taken from it', sumOf([x, masked(x, m)]), 'm'],
    ['in one of two branches', either([x, masked(x, m)]), 'm'],
    ['with all others of its row', masked(x, rows), 'rows'],
    ['where another value takes its place', sumOf([masked(x, m), random(m)]), 'm'],
    ['by a random factor around one', productOf([x, sumOf([offset, random(noise)])]), 'noise'],
    ['where it is a function of what is masked', productOf([masked(x, m), masked(x, m)]), 'm'],
  ])('%s', (_, value, source) => {
    expect([...masksOf(value).keys()]).toEqual([source]);
  });
});

describe('a unit is kept', () => {
  test.each<readonly [string, Value]>([
    ['by another summand', sumOf([x, masked(f, m)])],
    ['by another summand with a mask of its own', sumOf([masked(x, m), masked(f, n)])],
    ['by its factor beside one', productOf([x, sumOf([offset, masked(g, m)])])],
    ['by a gate between two', sumOf([productOf([g, masked(f, m)]), productOf([sumOf([offset, g]), x])])],
    ['after a function of the sum', productOf([sumOf([x, masked(f, m)]), sumOf([x, masked(f, m)])])],
  ])('%s', (_, value) => {
    expect(masksOf(value)).toEqual(none);
    expect(noiseOf(value)).toEqual(none);
  });
});

describe('noise is', () => {
  test.each<readonly [string, Value]>([
    ['what is random and added', sumOf([x, random(noise)])],
    ['inside a summand', sumOf([x, sumOf([f, random(noise)])])],
    ['under a gate', productOf([sumOf([x, random(noise)]), g])],
    ['scaled by what depends on the images', sumOf([x, masked(f, noise)])],
    ['all there is', random(noise)],
    ['equal for a whole row', sumOf([x, random(drawn('noise', { reach: 'rows' }))])],
  ])('%s', (_, value) => {
    expect([...noiseOf(value).keys()]).toEqual(['noise']);
  });

  test('not where it drops what it is added to, or stands for what is dropped', () => {
    expect(noiseOf(sumOf([masked(x, rows), random(drawn('not rows', { reach: 'rows' }))]))).toEqual(none);
  });
});

describe('brightness', () => {
  const brightness = drawn('brightness', { reach: 'brightness' });

  test.each<readonly [string, Value]>([
    ['scales a row', masked(x, brightness)],
    ['shifts a row', sumOf([x, random(brightness)])],
  ])('that %s is noise on features, and none on images', (_, value) => {
    const onImages = [masked(images, brightness), sumOf([images, random(brightness)])];
    expect(union(masksOf(value), noiseOf(value)).size).toBe(1);
    expect(onImages.map((each) => union(masksOf(each), noiseOf(each)))).toEqual([none, none]);
  });
});

test('a residual stream with many masks and activations stays small', () => {
  let stream = x;
  for (let block = 0; block < 40; block++) {
    const branch = masked(content(`f${block}`), drawn(`m${block}`));
    stream = sumOf([stream, either([branch, content(`f${block}`)])]);
    stream = productOf([stream, stream]);
  }
  expect(stream.length).toBeLessThan(20);
  expect(masksOf(stream)).toEqual(none);
});

test('branches that can be taken in too many ways are reported', () => {
  const ways = Array.from({ length: 100 }, (_, at) => masked(content(`f${at}`), drawn(`m${at}`)));
  expect(() => either(ways)).toThrow(TooManyWays);
});

test('a constant has no content, nor has noise', () => {
  expect([constant, offset, random(noise), x].map(hasContent)).toEqual([false, false, false, true]);
});

function drawn(source: string, { centred = false, reach = 'units' }: Partial<Randomness> = {}): Randoms {
  return randoms([{ source, reach, centred, transformed: false, drawn: [], trail: undefined }]);
}
