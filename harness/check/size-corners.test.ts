import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { spaceOf } from '../images/space.js';
import type { GraphNode } from '../savedmodel/saved-model.js';
import { linearOperations } from '../savedmodel/testing/fake-function.js';
import { constant, operation } from '../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { sizeCornersIn } from './size-corners.js';

const contract = fakeContract({
  image_size: { height: { min: 16, max: 64 }, width: { min: 16, max: 64 } },
  limits: { pixels_per_call: 2_000_000 },
});
const int32 = { T: { kind: 'type', value: 'int32' } } as const;

/** The corners for a graph with these operations beside its own. */
function cornersFor(...operations: readonly GraphNode[]): string[] {
  const model = fakeModel({ concreteFunctions: [{ operations: [...linearOperations(), ...operations] }] });
  return sizeCornersIn(model, contract, spaceOf(contract)).map(
    ({ count, height, width }) => `${count}×${height}×${width}`,
  );
}

const shape = operation('shape', 'Shape', ['images']);
const count = sizeAt('count', 0);
const pixels = [
  shape,
  ...count,
  ...sizeAt('height', 1),
  ...sizeAt('width', 2),
  operation('area', 'Mul', ['height:output:0', 'width:output:0'], int32),
  operation('pixels', 'Mul', ['count:output:0', 'area:z:0'], int32),
];

function sizeAt(name: string, axis: number): GraphNode[] {
  return [
    constant(`${name}_at`, [axis]),
    constant(`${name}_end`, [axis + 1]),
    constant(`${name}_step`, [1]),
    operation(name, 'StridedSlice', [
      'shape:output:0',
      `${name}_at:output:0`,
      `${name}_end:output:0`,
      `${name}_step:output:0`,
    ]),
  ];
}

function beside(op: string, value: string, number: number): GraphNode[] {
  return [constant('number', number), operation('compared', op, [value, 'number:output:0'], int32)];
}

describe('corners of sizes in the graph', () => {
  test('are none where nothing is compared', () => {
    expect(cornersFor()).toEqual([]);
    expect(cornersFor(shape, ...count)).toEqual([]);
  });

  test.each(['Greater', 'Minimum'])('have one image more: %s', (op) => {
    expect(cornersFor(shape, ...count, ...beside(op, 'count:output:0', 512))).toEqual(['513×16×16']);
  });

  test.each(['FloorDiv', 'FloorMod'])('have whole parts, and one image more than one and two: %s', (op) => {
    expect(cornersFor(shape, ...count, ...beside(op, 'count:output:0', 300))).toEqual([
      '300×16×16',
      '301×16×16',
      '600×16×16',
      '601×16×16',
    ]);
    expect(cornersFor(shape, ...count, ...beside(op, 'count:output:0', 50))).toEqual(
      expect.arrayContaining(['50×16×16', '100×16×16', '101×16×16', '1×50×16', '1×16×50', '1×50×50']),
    );
  });

  test('have as many images as a number that they are compared with for equality, and that size', () => {
    expect(cornersFor(shape, ...count, ...beside('Equal', 'count:output:0', 60))).toEqual(
      expect.arrayContaining(['60×16×16', '1×60×60']),
    );
  });

  test('have one image more than a dtype counts, and more pixels at several strides', () => {
    const cast = (from: string, dtype: string) =>
      operation('narrow', 'Cast', [from], { DstT: { kind: 'type', value: dtype } });
    expect(cornersFor(shape, ...count, cast('count:output:0', 'float16'))).toEqual([
      '2049×16×16',
      '2050×16×16',
    ]);
    expect(cornersFor(...pixels, cast('pixels:z:0', 'uint16'))).toEqual(['65×64×64', '257×64×64']);
    expect(
      cornersFor(operation('narrow', 'Cast', ['images'], { DstT: { kind: 'type', value: 'uint8' } })),
    ).toEqual([]);
  });

  test('have one image more than a table of which as many rows as images are taken', () => {
    const table = constant(
      'table',
      Array.from({ length: 400 }, () => 0),
      'float32',
      [400, 1],
    );
    const take = (end: string) =>
      operation('taken', 'Slice', ['table:output:0', 'begin:output:0', end], int32);
    const begin = constant('begin', [0, 0]);
    expect(cornersFor(shape, ...count, table, begin, take('count:output:0'))).toEqual(['401×16×16']);
    expect(cornersFor(table, begin, take('begin:output:0'))).toEqual([]);
  });

  test('have one image more than a loop has rounds', () => {
    const loop = operation('loop', 'While', ['start:output:0', 'most:output:0']);
    expect(cornersFor(constant('start', 0), constant('most', 300), loop)).toEqual(['301×16×16']);
  });

  test('are none where the corners of every model reach, or the limits do not', () => {
    expect(cornersFor(shape, ...count, ...beside('Greater', 'count:output:0', 20))).toEqual([]);
    expect(cornersFor(shape, ...count, ...beside('Greater', 'count:output:0', 20_000))).toEqual([]);
  });

  test('have more pixels in all, in few images', () => {
    expect(cornersFor(...pixels, ...beside('Greater', 'pixels:z:0', 300_000))).toEqual(['74×64×64']);
    expect(cornersFor(...pixels, ...beside('Greater', 'pixels:z:0', 3_000_000))).toEqual([]);
  });

  test('count the bytes of pixels', () => {
    const bytes = [
      constant('twelve', 12),
      operation('bytes', 'Mul', ['pixels:z:0', 'twelve:output:0'], int32),
    ];
    expect(cornersFor(...pixels, ...bytes, ...beside('Greater', 'bytes:z:0', 12_000_000))).toEqual([
      '245×64×64',
    ]);
  });

  test('lie beyond where the batch is cut off', () => {
    const cut = [
      constant('begin', [0]),
      constant('end', [400]),
      constant('step', [1]),
      operation('cut', 'StridedSlice', ['images', 'begin:output:0', 'end:output:0', 'step:output:0']),
    ];
    expect(cornersFor(...cut)).toEqual(['401×16×16']);
  });

  test('are none for what the pixels themselves are compared with', () => {
    expect(cornersFor(...beside('Greater', 'images', 512))).toEqual([]);
  });
});
