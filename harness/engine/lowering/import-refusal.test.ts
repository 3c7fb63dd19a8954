import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { AttrValueSchema, FunctionDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { libraryFunction, operation } from '../../savedmodel/testing/fake-graph.js';
import { importRefusal } from './import-refusal.js';

test.each([
  [0, undefined],
  [1, 'it notes the shapes of 1 arguments and has 2'],
  [2, undefined],
  [3, undefined],
])('%s shapes noted for two arguments', (count, why) => {
  expect(refusalOf({ attr: { _input_shapes: shapes(count) } })).toBe(why);
});

test.each([
  [0, 'it notes a list of no shapes for its argument b'],
  [1, undefined],
])('%s shapes noted for one argument', (count, why) => {
  expect(refusalOf({ argAttr: { 1: { attr: { _output_shapes: shapes(count) } } } })).toBe(why);
});

test.each(['', '/device:CPU:0', '/cpu:0', '/GPU:*', '/job:localhost/replica:0/task:0/device:XLA_CPU:0'])(
  'a device: %s',
  (device) => {
    expect(refusalOn(device)).toBeUndefined();
  },
);

test.each(['zzz', '/device:CPU', '/device:CPU:x', '/task:one', '/job', '/npu:0:1'])(
  'no device: %s',
  (device) => {
    expect(refusalOn(device)).toBe(`its operation one is placed on "${device}", which names no device`);
  },
);

/** A list of so many shapes. */
function shapes(count: number): Uint8Array {
  const shape = Array.from({ length: count }, () => ({}));
  return toBinary(AttrValueSchema, create(AttrValueSchema, { value: { case: 'list', value: { shape } } }));
}

/** Of a function of two arguments. */
function refusalOf(noted: MessageInitShape<typeof FunctionDefSchema>): string | undefined {
  const bytes = toBinary(FunctionDefSchema, create(FunctionDefSchema, noted));
  return importRefusal({ ...libraryFunction('f', ['a', 'b'], [], []), bytes });
}

function refusalOn(device: string): string | undefined {
  return importRefusal(libraryFunction('f', [], [], [{ ...operation('one', 'NoOp'), device }]));
}
