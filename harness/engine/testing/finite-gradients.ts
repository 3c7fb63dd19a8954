import type { ComputedGradients } from '../subject.js';

/** What a sound model has: gradients that are finite, and a finite output after a step along them. */
export const finiteGradients: ComputedGradients = {
  kind: 'computed',
  outputFinite: true,
  lacking: [],
  variables: 1,
  notFinite: [],
  singular: [],
  watched: 0,
  finiteAfterStep: true,
};
