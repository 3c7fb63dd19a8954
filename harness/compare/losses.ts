import type { Subject } from '../engine/subject.js';
import type { ContractDifference } from '../verdict/comparison.js';
import type { Pair } from './bounds.js';
import { refusalIn } from './call-differences.js';
import { forTraining } from './effects.js';
import { rounding } from './rows.js';

/**
 * Of models whose outputs are the same: whether the regularization losses, which training adds to its own, are, too. Their order
 * is free. How many there are, the files tell.
 */
export async function lossesDiffer(pair: Pair, beforeCall: () => void): Promise<ContractDifference[]> {
  const count = ({ model }: Subject) => model.losses?.length ?? 0;
  if (count(pair.old) === 0 || count(pair.old) !== count(pair.new)) return [];
  beforeCall();
  const old = await sumOf(pair.old).catch(refusalIn);
  const now = await sumOf(pair.new).catch(refusalIn);
  // What OLD does not give, nobody relies on; what NEW does not, a check tells.
  if (typeof old === 'string' || typeof now === 'string') return [];
  if (Object.is(old, now) || Math.abs(old - now) <= rounding * Math.abs(old)) return [];
  const told = { what: 'sum of the losses', old: old.toPrecision(4), new: now.toPrecision(4) };
  return [forTraining('breaking', { ...told, why: 'Training minimizes another sum, of the same weights.' })];
}

async function sumOf(subject: Subject): Promise<number> {
  const losses = await subject.lossesAfter([]);
  return losses.reduce((sum, { values }) => sum + (values[0] ?? Number.NaN), 0);
}
