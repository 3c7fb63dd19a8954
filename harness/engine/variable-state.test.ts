import { describe, expect, test } from 'vitest';
import type { Variable } from '../savedmodel/saved-model.js';
import { operation } from '../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { perturbed } from './lowering/perturbations.js';
import { EngineError } from './process/failures.js';
import { type VariableNodes, VariableState } from './variable-state.js';

const model = fakeModel({
  concreteFunctions: [
    {},
    {
      operations: [
        operation('counted', 'AssignAddVariableOp', ['kernel']),
        operation('logits', 'Identity', ['images']),
      ],
    },
  ],
});
const [reading, assigning] = functionsOf(model);
const [kernel, bias] = variablesOf(model);

describe('variables are restored', () => {
  test('once, until a call may have changed them', async () => {
    const { state, log } = started();
    expect(await state.restored()).toBe(1);
    state.called(reading);
    expect(await state.restored()).toBe(1);
    state.called(assigning);
    expect(await state.restored()).toBe(1);
    expect(log).toEqual(['reset', 'reset']);
  });

  test('anew in another process, even if it is the next one under the same pid', async () => {
    const { state, log, engine } = started();
    await state.restored();
    engine.generation = 2;
    expect(await state.restored()).toBe(2);
    expect(log).toEqual(['reset', 'reset']);
  });

  test('and not believed to be where the process was lost meanwhile', async () => {
    const { state, engine } = started();
    engine.generation = undefined;
    await expect(state.restored()).rejects.toThrow(EngineError);
  });
});

describe('perturbed variables', () => {
  test('are set from the restored ones, without another restore in between', async () => {
    const { state, log } = started();
    await state.perturbed(new Map([[kernel, 1]]));
    await state.perturbed(new Map([[bias, 3]]));
    expect(log).toEqual(['reset', 'perturb 1,0 in 1', 'perturb 0,3 in 1']);
  });

  test('are restored before a plain call, and after a call that assigns', async () => {
    const { state, log } = started();
    await state.perturbed(new Map([[kernel, 1]]));
    await state.restored();
    await state.perturbed(new Map([[kernel, 1]]));
    state.called(assigning);
    await state.perturbed(new Map([[kernel, 1]]));
    expect(log.filter((one) => one === 'reset')).toHaveLength(3);
  });

  test('are not trusted where setting them failed half-way', async () => {
    const { state, log, engine } = started();
    engine.fail = true;
    await state.restored();
    await expect(state.perturbed(new Map([[kernel, 1]]))).rejects.toThrow('half-way');
    engine.fail = false;
    await state.restored();
    expect(log).toEqual(['reset', 'perturb 1,0 in 1', 'reset']);
  });
});

describe('what a call changed', () => {
  test('is compared in the process that made it, and put back on demand', async () => {
    const { state, log, engine } = started();
    engine.differing = [0, 1];
    const generation = await state.restored();
    state.called(assigning);
    expect(await state.changedBy(assigning, generation, { putBack: true })).toEqual([bias]);
    await state.restored();
    expect(log).toEqual(['reset', 'compare, put back in 1']);
  });

  test('stays where it is not put back, and is restored before the next call', async () => {
    const { state, log, engine } = started();
    engine.differing = [1, 0];
    const generation = await state.restored();
    expect(await state.changedBy(assigning, generation, { putBack: false })).toEqual([kernel]);
    await state.restored();
    expect(log).toEqual(['reset', 'compare in 1', 'reset']);
  });

  test('is asked of a function that assigns nothing only until it is confirmed', async () => {
    const { state, log } = started();
    const generation = await state.restored();
    for (let call = 0; call < 20; call++) await state.changedBy(reading, generation, { putBack: true });
    expect(log.length - 1).toBe(8);
    for (let call = 0; call < 20; call++) await state.changedBy(assigning, generation, { putBack: true });
    expect(log.length - 1).toBe(28);
  });
});

test('once confirmed, only what a function assigns is compared and put back', async () => {
  const { state, log, engine } = started({
    assigned: { changed: 'some', putBack: 'put-some-back', compared: [kernel] },
  });
  const generation = await state.restored();
  engine.differing = [1, 1];
  await state.changedBy(assigning, generation, { putBack: true });
  engine.differing = [1, 0];
  for (let call = 0; call < 8; call++) await state.changedBy(assigning, generation, { putBack: true });
  expect(log).toHaveLength(10);
  expect(await state.changedBy(assigning, generation, { putBack: true })).toEqual([kernel]);
  await state.restored();
  expect(log.slice(9)).toEqual(['compare, put back in 1', 'compare some, put back in 1']);
});

test('once confirmed, only what functions assign may be changed by them', async () => {
  const { state } = started({
    assigned: { changed: 'some', putBack: 'put-some-back', compared: [kernel] },
  });
  const generation = await state.restored();
  expect([...state.changeableBy([reading, assigning])]).toEqual([kernel, bias]);
  for (const one of [reading, assigning])
    for (let call = 0; call < 8; call++) await state.changedBy(one, generation, { putBack: true });
  expect([...state.changeableBy([reading])]).toEqual([]);
  expect([...state.changeableBy([reading, assigning])]).toEqual([kernel]);
});

test('values and finiteness are read of floating-point variables', async () => {
  const { state, engine } = started();
  engine.values = [[1, 2], [3]];
  engine.finite = [1, 0];
  expect(await state.notFinite()).toEqual([bias]);
  expect([...(await state.valuesOf([kernel, bias], 1))]).toEqual([
    [kernel.nodeId, Float32Array.of(1, 2)],
    [bias.nodeId, Float32Array.of(3)],
  ]);
});

/** A state whose engine keeps a log of the work that it was sent. */
function started(more: Partial<VariableNodes> = {}) {
  const log: string[] = [];
  const engine = {
    generation: 1 as number | undefined,
    fail: false,
    differing: [0, 0],
    finite: [1, 1],
    values: [[0], [0]],
    send: async (work: object, onlyIn?: number) => {
      const { fetch, values } = work as { fetch: string[]; values: { values: number[] }[] };
      const inside = onlyIn === undefined ? '' : ` in ${onlyIn}`;
      const [first = ''] = fetch;
      if (first === 'reset') log.push(`reset${inside}`);
      if (first === 'changed') log.push(`compare${fetch.length > 1 ? ', put back' : ''}${inside}`);
      if (first === 'some') log.push(`compare some${fetch.length > 1 ? ', put back' : ''}${inside}`);
      if (first === perturbed) log.push(`perturb ${values[0]?.values}${inside}`);
      if (first === perturbed && engine.fail) throw new EngineError('crash', 'half-way');
      const bytes = { changed: engine.differing, some: engine.differing, finite: engine.finite }[first];
      const fetched = bytes ? [Uint8Array.from(bytes)] : engine.values.map((one) => Float32Array.from(one));
      return { callMs: 0, tensors: fetched.map((one) => ({ shape: [one.length], values: one })) };
    },
  };
  const nodes = { reset: 'reset', putBack: 'put-back', changed: 'changed', finite: 'finite' };
  const all = { ...nodes, compared: model.variables, floating: model.variables, ...more };
  return { state: new VariableState(model, all, engine), log, engine };
}

function functionsOf({ methods }: typeof model) {
  const [one, other] = methods.get('__call__')?.concreteFunctions ?? [];
  if (!one || !other) throw new Error('The model has two concrete functions.');
  return [one, other] as const;
}

function variablesOf({ variables: [one, other] }: typeof model): readonly [Variable, Variable] {
  if (!one || !other) throw new Error('The model has two variables.');
  return [one, other];
}
