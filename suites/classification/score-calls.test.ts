import { expect, test } from 'vitest';
import { type FakeSpec, fakeContract } from '../../harness/contract/testing/fake-contract.js';
import type { CallArgument } from '../../harness/savedmodel/call/argument-value.js';
import type { FakeFunction } from '../../harness/savedmodel/testing/fake-function.js';
import { fakeModel, promisedBy } from '../../harness/savedmodel/testing/fake-model.js';
import { callsFor } from './score-calls.js';

const flag = { type: 'bool', default: false, affects: 'inference' } as const;
const gain = { type: 'float', default: 1, min: 0.5, max: 2, affects: 'inference' } as const;
const training = { trainable_variables: true, training_argument: true } as const;

/** The arguments of the calls, each once. */
function argumentsOf(spec: FakeSpec, concreteFunctions?: readonly FakeFunction[]) {
  const contract = fakeContract({ api: 'image-classification', ...spec });
  const model = fakeModel({ ...promisedBy(contract), ...(concreteFunctions && { concreteFunctions }) });
  return [...new Set(callsFor(model, contract, 1).map(({ args = {} }) => JSON.stringify(args)))];
}

function bool(value: boolean): CallArgument {
  return { kind: 'bool', value };
}

test('a classifier without arguments is called with images alone', () => {
  expect(argumentsOf({})).toEqual(['{}']);
});

test('each whole number of a small range is tried', () => {
  const mode = { type: 'int', default: 0, min: 0, max: 3, affects: 'inference' } as const;
  expect(argumentsOf({ hyperparameters: { mode } })).toEqual([
    '{}',
    '{"mode":0}',
    '{"mode":3}',
    '{"mode":1}',
    '{"mode":2}',
  ]);
});

test('hyperparameters are set to their ends and between, at inference and in training', () => {
  const found = argumentsOf({ fine_tuning: training, hyperparameters: { gain } });
  expect(found.slice(0, 10)).toEqual([
    '{}',
    '{"training":true}',
    '{"gain":0.5}',
    '{"gain":2}',
    '{"gain":1}',
    '{"training":true,"gain":0.5}',
    '{"training":true,"gain":2}',
    '{"training":true,"gain":1}',
    '{"gain":1.25}',
    '{"training":true,"gain":1.25}',
  ]);
  expect(found).toHaveLength(8 + 2 * 9);
});

test('combinations that run a concrete function of their own are tried', () => {
  const traced = [false, true].flatMap((a) =>
    [false, true].map((b) => ({ args: { a: bool(a), b: bool(b) } })),
  );
  const found = argumentsOf({ hyperparameters: { a: { ...flag, default: true }, b: flag } }, traced);
  expect(found).toContain('{"a":false,"b":true}');
});
