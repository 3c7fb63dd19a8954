import { create, toBinary } from '@bufbuild/protobuf';
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
  const shapes = create(AttrValueSchema, {
    value: { case: 'list', value: { shape: Array.from({ length: count }, () => ({})) } },
  });
  const attr = { _input_shapes: toBinary(AttrValueSchema, shapes) };
  const bytes = toBinary(FunctionDefSchema, create(FunctionDefSchema, { attr }));
  expect(importRefusal({ ...libraryFunction('f', ['a', 'b'], [], []), bytes })).toBe(why);
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

function refusalOn(device: string): string | undefined {
  return importRefusal(libraryFunction('f', [], [], [{ ...operation('one', 'NoOp'), device }]));
}
