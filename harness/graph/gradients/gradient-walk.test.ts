import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSavedModel } from '../../savedmodel/reading/read.js';
import { Flow } from '../flow/flow.js';
import { flowOf, fn, node } from '../flow/flow.test.support.js';
import { gradientsFrom } from './gradient-walk.js';

const recorded = new URL('../../../../harness/graph/gradients/recorded/', import.meta.url);
const golden: Readonly<Record<string, readonly boolean[]>> = JSON.parse(
  readFileSync(new URL('gradients.golden.json', recorded), 'utf8'),
);
const model = await readSavedModel(fileURLToPath(new URL('gradients', recorded)));

describe('gradients reach the variables that they reach in TensorFlow', () => {
  test.each(Object.entries(golden))('%s', (name, expected) => {
    const reached = expected.map((_, at) => capturesReached(name).has(variable(`${name}_weights[${at}]`)));
    expect(reached).toEqual(expected);
  });
});

test('none gets past a custom gradient that was not saved', () => {
  const { captures, barriers } = reachedFrom('straight_through', new Map());
  expect(captures.size).toBe(0);
  expect(barriers.map(({ why }) => why)).toEqual(['its custom gradient was not saved with the model']);
});

test('a custom gradient leads past what the function computes, as in a JAX export', () => {
  const [call, hidden] = [
    node('call', 'IdentityN', ['module:output:0', 'weights', 'images']),
    node('module', 'XlaCallModule', ['weights', 'images']),
  ];
  const attributes = new Map([['_gradient_op_type', { kind: 'string', value: 'Custom' } as const]]);
  const flow = flowOf(
    { main: fn(['images', 'weights'], ['call:output:0'], [{ ...call, attributes }, hidden]) },
    [40],
  );
  const [output] = flow.outputs;
  const reached =
    output && gradientsFrom(flow, output, { customGradients: new Map([['Custom', 'gradient']]) });
  expect(reached).toMatchObject({ captures: new Set([40]), barriers: [] });
});

function capturesReached(name: string): ReadonlySet<number> {
  const { captures, unknown } = reachedFrom(name, model.customGradients);
  expect(unknown).toEqual([]);
  return captures;
}

function reachedFrom(name: string, customGradients: ReadonlyMap<string, string>) {
  const [concreteFunction] = model.methods.get(name)?.concreteFunctions ?? [];
  const flow = concreteFunction && new Flow(model, concreteFunction);
  const [output] = flow?.outputs ?? [];
  if (flow === undefined || output === undefined) throw new Error(`${name} has no concrete function.`);
  return gradientsFrom(flow, output, { customGradients });
}

function variable(path: string): number {
  return model.variables.find((one) => one.path === path)?.nodeId ?? Number.NaN;
}
