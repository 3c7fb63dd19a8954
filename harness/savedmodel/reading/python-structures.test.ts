import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { FunctionSpecSchema, SavedObjectSchema } from '../gen/object_graph_pb.js';
import { type StructuredValue, StructuredValueSchema } from '../gen/struct_pb.js';
import { NotASavedModel } from '../refusal.js';
import { requirePythonStructures } from './python-structures.js';

const none = create(StructuredValueSchema, { kind: { case: 'noneValue', value: {} } });
const number = create(StructuredValueSchema, { kind: { case: 'int64Value', value: 1n } });
const text = (value: string) => create(StructuredValueSchema, { kind: { case: 'stringValue', value } });
const list = (values: readonly StructuredValue[]) =>
  create(StructuredValueSchema, { kind: { case: 'listValue', value: { values: [...values] } } });

type Arguments = {
  readonly args: readonly StructuredValue[];
  readonly kwonly?: readonly string[];
  readonly varargs?: StructuredValue;
};

/** Reads a model with one function of these arguments, as `FullArgSpec` has them. */
function read({ args, kwonly = [], varargs = none }: Arguments): void {
  const named = {
    args: list(args),
    varargs,
    varkw: none,
    defaults: none,
    kwonlyargs: list(kwonly.map(text)),
    kwonlydefaults: none,
    annotations: none,
  };
  const values = Object.entries(named).map(([key, value]) => ({ key, value }));
  const fullargspec = create(StructuredValueSchema, {
    kind: { case: 'namedTupleValue', value: { name: 'FullArgSpec', values } },
  });
  const functionSpec = create(FunctionSpecSchema, { fullargspec, inputSignature: none });
  const node = create(SavedObjectSchema, { kind: { case: 'function', value: { functionSpec } } });
  requirePythonStructures({ nodes: [node], concreteFunctions: new Map(), signatures: new Map() });
}

test.each<[string, Arguments]>([
  ['some', { args: [text('images'), text('training')], kwonly: ['rate'], varargs: text('others') }],
  ['none', { args: [] }],
  ['self and another of that name', { args: [text('self'), text('self')] }],
])('arguments that Python takes: %s', (_, named) => {
  expect(() => read(named)).not.toThrow();
});

test.each<[string, Arguments, RegExp]>([
  ['a name twice', { args: [text('images'), text('images')] }, /have the name images twice/],
  ['one also by keyword', { args: [text('images')], kwonly: ['images'] }, /have the name images twice/],
  ['one that becomes another', { args: [text('a b'), text('a_b')] }, /have the name a_b twice/],
  ['no name', { args: [text('')] }, /have one without a name/],
  ['a number for a name', { args: [number] }, /have one without a name/],
])('arguments that it refuses: %s', (_, named, why) => {
  expect(() => read(named)).toThrow(NotASavedModel);
  expect(() => read(named)).toThrow(why);
});
