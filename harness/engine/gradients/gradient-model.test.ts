import { expect, test } from 'vitest';
import { type AddedGradients, gradientModel } from './gradient-model.js';

const segment = {
  what: 'what goes into MulNoNan (gate)',
  y: 'y',
  dy: 'dy',
  variables: [],
  ends: [],
  singular: [],
};

test('an operation with two inputs is named once', () => {
  const added: AddedGradients = {
    through: [segment, { ...segment, y: 'other' }],
    gradients: new Map(),
    atEnds: [],
  };
  const graph = {
    graphDef: new Uint8Array(),
    differentiated: [],
    segments: [],
    cut: [],
    cuts: [],
    behind: new Set<never>(),
    reads: new Map(),
    reset: 'reset',
  };
  const { finite } = gradientModel(graph.graphDef, graph, [added]);
  expect(finite.map(({ what }) => what)).toEqual(['what goes into MulNoNan (gate)']);
});
