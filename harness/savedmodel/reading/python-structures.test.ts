import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { FunctionSpecSchema, SavedObjectSchema } from '../gen/object_graph_pb.js';
import { type StructuredValue, StructuredValueSchema } from '../gen/struct_pb.js';
import { NotASavedModel } from '../refusal.js';
import type { ConcreteFunction } from '../saved-model.js';
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
  /** How many of the last arguments have a default. */
  readonly defaults?: number;
  /** What it was traced with: arguments by place, and by name. */
  readonly traced?: { readonly positional: number; readonly keyword?: readonly string[] };
};

/** Reads a model with one function of these arguments, as `FullArgSpec` has them. */
function read({ args, kwonly = [], varargs = none, defaults = 0, traced }: Arguments): void {
  const named = {
    args: list(args),
    varargs,
    varkw: none,
    defaults: list(Array.from({ length: defaults }, () => none)),
    kwonlyargs: list(kwonly.map(text)),
    kwonlydefaults: none,
    annotations: none,
  };
  const values = Object.entries(named).map(([key, value]) => ({ key, value }));
  const fullargspec = create(StructuredValueSchema, {
    kind: { case: 'namedTupleValue', value: { name: 'FullArgSpec', values } },
  });
  const functionSpec = create(FunctionSpecSchema, { fullargspec, inputSignature: none });
  const node = create(SavedObjectSchema, {
    kind: { case: 'function', value: { functionSpec, concreteFunctions: ['f'] } },
  });
  const concreteFunctions = new Map(traced ? [['f', tracedWith(traced)]] : []);
  requirePythonStructures({ nodes: [node], concreteFunctions, signatures: new Map() });
}

function tracedWith({ positional, keyword = [] }: NonNullable<Arguments['traced']>): ConcreteFunction {
  const value = { kind: 'none' } as const;
  return {
    functionName: 'f',
    positional: Array.from({ length: positional }, () => value),
    keyword: Object.fromEntries(keyword.map((name) => [name, value])),
    captures: [],
    output: value,
  };
}

const two = [text('images'), text('training')];

test.each<[string, Arguments]>([
  ['some', { args: [text('images'), text('training')], kwonly: ['rate'], varargs: text('others') }],
  ['none', { args: [] }],
  ['traced with all', { args: two, traced: { positional: 2 } }],
  ['with one by name', { args: two, traced: { positional: 1, keyword: ['training'] } }],
  ['without one that has a default', { args: two, defaults: 1, traced: { positional: 1 } }],
  ['self and another of that name', { args: [text('self'), text('self')] }],
])('arguments that Python takes: %s', (_, named) => {
  expect(() => read(named)).not.toThrow();
});

test.each<[string, Arguments, RegExp]>([
  ['a name twice', { args: [text('images'), text('images')] }, /have the name images twice/],
  ['one also by keyword', { args: [text('images')], kwonly: ['images'] }, /have the name images twice/],
  ['one that becomes another', { args: [text('a b'), text('a_b')] }, /have the name a_b twice/],
  ['traced without one', { args: two, traced: { positional: 1 } }, /without its argument training/],
  [
    'without one by keyword',
    { args: two, kwonly: ['rate'], traced: { positional: 2 } },
    /without its argument rate/,
  ],
  ['no name', { args: [text('')] }, /have one without a name/],
  ['a number for a name', { args: [number] }, /have one without a name/],
])('arguments that it refuses: %s', (_, named, why) => {
  expect(() => read(named)).toThrow(NotASavedModel);
  expect(() => read(named)).toThrow(why);
});
