import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { pythonText } from '../python-text.js';
import type { Endpoint } from '../saved-model.js';
import { readSavedModel } from './read.js';

const models = new URL('../../../../models-under-test/', import.meta.url);

function read(name: string) {
  return readSavedModel(fileURLToPath(new URL(name, models)));
}

describe('a reusable SavedModel', async () => {
  const model = await read('odd-captures');

  test('says who wrote it and what hangs on its root', () => {
    expect(model.tensorflowVersion).toMatch(/^2\.\d+\.\d+/);
    expect(model.rootNames).toEqual(
      expect.arrayContaining(['__call__', 'variables', 'regularization_losses']),
    );
    expect(model.notes).toEqual([]);
  });

  test('has a __call__ with its arguments, defaults and concrete functions', () => {
    const call = model.methods.get('__call__');
    expect(call).toMatchObject({ kind: 'polymorphic', variadic: false, anyKeyword: false });
    expect(argumentsOf(call)).toEqual(['images', 'training=False']);
    expect(call?.concreteFunctions.map(({ positional }) => positional.map(pythonText))).toEqual([
      ['float32 [?, ?, ?, 3]', 'False'],
      ['float32 [?, ?, ?, 3]', 'True'],
    ]);
    expect(call?.concreteFunctions.map(({ output }) => pythonText(output))).toEqual([
      'float32 [?, 6]',
      'float32 [?, 6]',
    ]);
  });

  test('has its variables under the paths that Python has, with what the checkpoint stores', () => {
    expect(model.variables.map(({ path }) => path)).toContain('convolution.kernel');
    for (const { path, dtype, shape, checkpointKey, stored } of model.variables) {
      expect(checkpointKey).toBe(`${path.replaceAll('.', '/')}/.ATTRIBUTES/VARIABLE_VALUE`);
      expect(stored).toEqual({ dtype, shape });
    }
  });

  test('keeps apart two variables of one name', () => {
    const twins = model.variables.filter(({ name }) => name === 'offset');
    expect(twins.map(({ path }) => path)).toEqual(['shift', 'scale']);
    expect(new Set(twins.map(({ checkpointKey }) => checkpointKey)).size).toBe(2);
  });

  test('lists variables, trainable variables and losses in their order', () => {
    const ids = new Set(model.variables.map(({ nodeId }) => nodeId));
    expect(model.listedVariables?.every((item) => item.kind === 'variable' && ids.has(item.nodeId))).toBe(
      true,
    );
    expect(model.listedVariables?.length).toBeGreaterThan(model.trainableVariables?.length ?? Infinity);
    expect(model.losses?.map(({ kind }) => kind)).toEqual(model.losses?.map(() => 'function'));
  });

  test('knows what its functions capture: tables, the file of one, constants', () => {
    const resources = [...model.resources.values()];
    expect(new Set(resources.map(({ kind }) => kind))).toEqual(new Set(['created', 'asset', 'constant']));
    expect(resources).toContainEqual(
      expect.objectContaining({ kind: 'asset', file: 'assets/vocabulary.txt' }),
    );
    for (const resource of resources) {
      if (resource.kind === 'constant') expect(model.graphNodes.get(resource.graphNode)?.op).toBe('Const');
      if (resource.kind === 'created') expect(model.functions.has(resource.create.functionName)).toBe(true);
    }
  });

  test('gives a function as many inputs as its tensors and captures', () => {
    for (const { positional, functionName, captures } of model.methods.get('__call__')?.concreteFunctions ??
      []) {
      const tensors = positional.filter(({ kind }) => kind === 'tensor').length;
      expect(model.functions.get(functionName)?.inputs).toHaveLength(tensors + captures.length);
    }
  });
});

describe('exports of other kinds', () => {
  test('a Keras 2 model lists its variables and has a signature', async () => {
    const model = await read('keras2-features');
    expect(argumentsOf(model.methods.get('__call__'))).toEqual(['inputs', 'training=False', 'mask=None']);
    expect(model.listedVariables?.length).toBe(model.variables.length);
    expect(model.signatures.get('serving_default')).toMatchObject({ kind: 'bare' });
    expect(model.variables.map(({ path }) => path)).toContain('layer_with_weights-0.kernel');
  });

  test('a Keras 3 export reads, without a __call__', async () => {
    const model = await read('twins/keras3-export');
    expect([...model.methods.keys()]).toEqual(['serve']);
    expect(model.variables.every(({ stored }) => stored !== undefined)).toBe(true);
  });

  test('keyword-only arguments are distinguished', async () => {
    const { methods } = await read('keyword-only');
    const parameters = methods.get('__call__')?.parameters ?? [];
    expect(parameters[0]).toMatchObject({ keywordOnly: false });
    expect(parameters.slice(1).every(({ keywordOnly }) => keywordOnly)).toBe(true);
  });

  test('a bare concrete function is called by the names of its tensors', async () => {
    const { methods } = await read('bare-function');
    expect(methods.get('__call__')).toMatchObject({ kind: 'bare', parameters: [{ name: 'images' }] });
  });

  test('a value that is missing in the checkpoint leaves its variable without one', async () => {
    const { variables } = await read('twins/value-missing');
    expect(variables.filter(({ stored }) => stored === undefined)).toHaveLength(1);
  });

  test('a loss that is a variable, and lists that are not there, are reported as they are', async () => {
    expect((await read('twins/loss-is-variable')).losses).toContainEqual(
      expect.objectContaining({ kind: 'other' }),
    );
    expect((await read('twins/no-variables-list')).listedVariables).toBeUndefined();
    expect((await read('twins/no-trainable-list')).trainableVariables).toBeUndefined();
    expect((await read('twins/trainable-list-empty')).trainableVariables).toEqual([]);
  });
});

function argumentsOf(endpoint: Endpoint | undefined): readonly string[] | undefined {
  return endpoint?.parameters.map(({ name, default: value }) =>
    value ? `${name}=${pythonText(value)}` : name,
  );
}
