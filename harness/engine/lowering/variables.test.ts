import { expect, test } from 'vitest';
import { fakeModel } from '../../savedmodel/testing/fake-model.js';
import { lowerPerturbations } from './perturbations.js';
import { handleOf, lowerVariables } from './variables.js';

const model = fakeModel({
  variables: [
    { path: 'kernel', name: 'w' },
    { path: 'steps', name: 'w', dtype: 'int64', shape: [] },
    { path: 'seen', dtype: 'bool', shape: [] },
    { path: 'words', dtype: 'string' },
    { path: 'lost', stored: { dtype: 'float64', shape: [4] } },
    { path: 'half', dtype: 'float16' },
  ],
});
const lowered = lowerVariables(model);
const named = (name: string) => lowered.nodes.find((node) => node.name === name);
const paths = (variables: readonly { readonly path: string }[]) => variables.map(({ path }) => path);

test('each variable has a handle of its own, even where two share a name in Python', () => {
  const handles = lowered.nodes.filter(({ op }) => op === 'VarHandleOp');
  expect(handles.map(({ name }) => name)).toEqual(model.variables.map(handleOf));
  expect(new Set(handles.map(({ name }) => name)).size).toBe(6);
});

test('only what the checkpoint has in its own dtype is restored, and the reset waits for all of it', () => {
  expect(paths(lowered.restored)).toEqual(['kernel', 'steps', 'seen', 'words', 'half']);
  expect(named(lowered.reset)?.inputs).toEqual([
    'assay/ready',
    ...lowered.restored.map(({ nodeId }) => `^assay/assign/${nodeId}`),
  ]);
});

test('values come out of the checkpoint in the order of the variables', () => {
  const assigns = lowered.restored.map(({ nodeId }) => named(`assay/assign/${nodeId}`));
  expect(assigns.map((node) => node?.inputs)).toEqual(
    lowered.restored.map((variable, at) => [handleOf(variable), `assay/restored:${at}`]),
  );
});

test('numbers and bools are compared bit for bit, and put back only once they were compared', () => {
  expect(paths(lowered.compared)).toEqual(['kernel', 'steps', 'seen', 'half']);
  const [kernel, , seen, words] = lowered.restored;
  expect(named(`assay/compare/${kernel?.nodeId}/now-bits`)?.op).toBe('Bitcast');
  expect(named(`assay/compare/${seen?.nodeId}/now-bits`)?.op).toBe('Cast');
  expect(named(`assay/put-back/${kernel?.nodeId}`)?.inputs).toContain(`^assay/compare/${kernel?.nodeId}/any`);
  expect(named(`assay/put-back/${words?.nodeId}`)?.inputs).toHaveLength(2);
});

test('what calls assign is restored from a place of its own, and compared and put back alone', () => {
  const [kernel, steps] = model.variables;
  if (!kernel || !steps) throw new Error('The model has these variables.');
  const { nodes, assigned, reset } = lowerVariables(model, [], [steps]);
  const inputsOf = (name?: string) => nodes.find((node) => node.name === name)?.inputs;
  const storedIn = ({ nodeId }: typeof kernel) => inputsOf(`assay/compare/${nodeId}/then-bits`);
  expect([storedIn(kernel), storedIn(steps)]).toEqual([['assay/stored:0'], ['assay/stored-often:0']]);
  expect(inputsOf(`assay/put-back/${steps.nodeId}`)).toContain('assay/stored-often:0');
  expect(inputsOf(assigned?.changed)).toEqual([`assay/compare/${steps.nodeId}/any`]);
  expect(inputsOf(assigned?.putBack)).toEqual(['assay/ready', `^assay/put-back/${steps.nodeId}`]);
  expect(inputsOf(reset)).toContain(`^assay/assign/${kernel.nodeId}`);
  expect(paths(assigned?.compared ?? [])).toEqual(['steps']);
});

test('a model without values has nothing to restore or to compare', () => {
  const { reset, putBack, changed, compared } = lowerVariables(fakeModel({ variables: [] }));
  expect({ reset, putBack, changed, compared }).toEqual({
    reset: 'assay/reset',
    putBack: 'assay/put-back',
    changed: undefined,
    compared: [],
  });
});

test('only floating-point variables are perturbed, each from its own place in the checkpoint and its own seed', () => {
  const { floating, nodes } = lowerPerturbations(model, lowered.restored);
  expect(paths(floating)).toEqual(['kernel', 'half']);
  const normals = nodes.filter(({ op }) => op === 'StatelessRandomNormal');
  expect(new Set(normals.map(({ inputs = [] }) => inputs[1])).size).toBe(2);
  const values = nodes.filter(({ name }) => /^assay\/perturb\/\d+\/value$/.test(name));
  expect(values.map(({ inputs = [] }) => inputs[0])).toEqual(['assay/unperturbed:0', 'assay/unperturbed:1']);
});

test('a model without floating-point variables has none to perturb', () => {
  const without = fakeModel({ variables: [{ path: 'steps', dtype: 'int64' }] });
  expect(lowerPerturbations(without, without.variables)).toEqual({ nodes: [], floating: [] });
});
