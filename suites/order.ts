/** Suites, in the order in which their checks run: what goes in, what comes out, what changes it, what surrounds it. */
export const suites: readonly string[] = [
  'signature',
  'safety',
  'input',
  'output',
  'batching',
  'inference',
  'training',
  'variables',
  'hyperparameters',
  'classification',
  'dropout',
  'keras',
  'layout',
  'spec',
];
