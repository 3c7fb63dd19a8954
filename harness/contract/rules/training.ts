import { defaults } from '../defaults.js';
import type { SpecRule } from './rule.js';

export const trainingEffects: SpecRule = (spec) => {
  const effects = spec.at<readonly string[]>('fine_tuning', 'training_effects') ?? [];
  if (effects.length === 0 || spec.isBlamed('fine_tuning', 'training_argument')) return [];
  if (spec.at<boolean>('fine_tuning', 'training_argument') ?? defaults.trainingArgument) return [];
  const message = 'training has effects, but the call takes no `training` argument';
  const hint = 'write `training_argument: true` beside it, or remove `training_effects`';
  return [{ pointer: ['fine_tuning', 'training_effects'], at: 'value', message, hint }];
};
