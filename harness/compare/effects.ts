import type { ContractDifference, Effect, Purpose } from '../verdict/comparison.js';

type Said = { readonly what: string; readonly old: string; readonly new: string; readonly why: string };

/** A difference that has the same effect for everybody. */
export function forAll(effect: Effect, said: Said): ContractDifference {
  return { ...said, effect: { inference: effect, 'fine-tuning': effect } };
}

/** One that only those meet who train the model further. */
export function forTraining(effect: Effect, said: Said): ContractDifference {
  return { ...said, effect: { inference: 'neutral', 'fine-tuning': effect } };
}

export function breaks({ effect }: ContractDifference, purpose: Purpose): boolean {
  return effect[purpose] === 'breaking';
}
