import type { Fault } from '../problem/fault.js';
import type { Tree } from '../yaml/tree.js';
import { colorRange } from './color.js';
import { exampleClasses } from './examples.js';
import { namedClasses, namedFiles } from './files.js';
import { hyperparameterRanges, trainingHyperparameters } from './hyperparameters.js';
import { modelLocation } from './model.js';
import { type RuleOptions, type SpecRule, soundSpec } from './rule.js';
import { pixelsPerCall, ranges, recommendedSize } from './sizes.js';
import { trainingEffects } from './training.js';
import { waivedChecks } from './waivers.js';

const rules: readonly SpecRule[] = [
  modelLocation,
  ranges,
  recommendedSize,
  pixelsPerCall,
  colorRange,
  trainingEffects,
  hyperparameterRanges,
  trainingHyperparameters,
  exampleClasses,
  waivedChecks,
  namedFiles,
  namedClasses,
];

/** Faults that the rules between values find, besides those that the schema has found already. */
export function ruleFaults(root: Tree, found: readonly Fault[], options: RuleOptions): Fault[] {
  const spec = soundSpec(root, found);
  return rules.flatMap((rule) => rule(spec, options));
}
