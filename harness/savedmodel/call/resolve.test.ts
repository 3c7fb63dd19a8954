import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSavedModel } from '../reading/read.js';
import type { SavedModel } from '../saved-model.js';
import type { CallArguments } from './argument-value.js';
import type { Resolution } from './resolve.js';
import { resolveCall } from './resolve.js';

const recorded = new URL('../../../../harness/savedmodel/call/recorded/', import.meta.url);

/** A call that recorded/record.py made on the object that tf.saved_model.load gave. */
type OddCall = {
  readonly endpoint: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly arguments: CallArguments;
  readonly accepted: boolean;
  /** The key of the concrete function's result, which names the concrete function. */
  readonly trace?: string;
  /** What the concrete function's tensors were, the images left out. */
  readonly values?: readonly (number | string)[];
};

const model = await readSavedModel(fileURLToPath(new URL('odd-calls', recorded)));
const calls = JSON.parse(
  readFileSync(new URL('odd-calls.golden.json', recorded), 'utf8'),
) as readonly OddCall[];

describe('a call with unusual arguments runs the concrete function that it runs in Python', () => {
  test.each([...new Set(calls.map(({ endpoint }) => endpoint))])('%s', (name) => {
    const own = calls.filter(({ endpoint }) => endpoint === name);
    expect(own.map((call) => ({ ...described(call), ...outcome(model, call) }))).toEqual(own.map(expected));
  });
});

function described(call: OddCall) {
  return { shape: call.shape, dtype: call.dtype, arguments: call.arguments };
}

function expected(call: OddCall) {
  if (!call.accepted) return { ...described(call), accepted: false };
  return {
    ...described(call),
    accepted: true,
    trace: call.trace,
    values: call.values?.flat().map(rounded) ?? [],
  };
}

function outcome({ methods }: SavedModel, call: OddCall) {
  const endpoint = methods.get(call.endpoint);
  if (endpoint === undefined) throw new Error(`The recorded model has no ${call.endpoint}.`);
  const resolution = resolveCall(endpoint, call, call.arguments);
  if (resolution.kind === 'refused') return { accepted: false };
  return { accepted: true, trace: functionKey(resolution), values: valuesOf(resolution) };
}

type Found = Extract<Resolution, { readonly kind: 'found' }>;

function functionKey({ concreteFunction }: Found): string | undefined {
  return concreteFunction.output.kind === 'dict'
    ? Object.keys(concreteFunction.output.entries)[0]
    : undefined;
}

function valuesOf({ tensors }: Found): readonly string[] {
  return tensors.flatMap((input) =>
    input.kind === 'value' ? input.values.map((value) => held(value, input.dtype)) : [],
  );
}

/** What a type makes of a value: float16 ends at 65504. */
function held(value: number | boolean | string, dtype: string): string {
  return dtype === 'float16' && Number(value) > 65504 ? 'inf' : rounded(value);
}

/** Floats in few digits: the recorded ones went through types as short as bfloat16. */
function rounded(value: number | boolean | string): string {
  const number = typeof value === 'boolean' || value === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? String(value) : number.toPrecision(2);
}
