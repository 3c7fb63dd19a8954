import type { ComputedGradients } from '../subject.js';

/** A sound model's finite gradients, and a finite output after a step along them. */
export const finiteGradients: ComputedGradients = {
  kind: 'computed',
  outputFinite: true,
  lacking: [],
  cut: [],
  partly: 0,
  variables: 1,
  effective: [],
  suspected: [],
  raising: [],
  notFinite: [],
  singular: [],
  watched: 0,
  finiteAfterStep: true,
};
