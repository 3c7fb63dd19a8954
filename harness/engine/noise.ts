import type { Contract } from '../contract/contract.js';
import { isTooWide, widestShare } from '../contract/too-wide.js';
import { coarsestRounding } from '../graph/precision.js';
import { smallestSize } from '../images/corners.js';
import type { Batch } from '../verdict/batch.js';
import { UserError } from '../verdict/user-error.js';
import type { Noise, Subject } from './subject.js';

/** Share by which pixels are perturbed, to see how the model propagates a small error. */
const perturb = 2 ** -10;

/** Half the gap between 1 and the next float32. */
const rounding = 2 ** -24;

/** Allowance for rounding inside the model, in multiples of the rounding of its input. */
const allowance = 256;

/** Allowance for a model that computes in half precision, in roundings of its largest output. */
const coarseAllowance = 4;

/**
 * Measures how rounding changes the outputs: pixels are perturbed by a share far above rounding, and the change is
 * scaled down to it. Noise that the model adds itself does not shrink with the share, so it is scaled away
 * and cannot hide behind the tolerance that it would have widened. A model that computes in half precision inside is
 * allowed a few of those roundings. @throws UserError where the tolerance of the spec would hide any difference
 */
export async function measureNoise(subject: Subject, contract: Contract): Promise<Noise> {
  let carried = 0;
  let scale = 0;
  for (const batch of samples(contract)) {
    const [plain, perturbed] = [await subject.call(batch), await subject.call({ ...batch, nudge: perturb })];
    plain.values.forEach((value, index) => {
      scale = largest(scale, Math.abs(value));
      carried = largest(carried, Math.abs((perturbed.values[index] ?? Number.NaN) - value) / perturb);
    });
  }
  const floor = carried * rounding;
  const coarse = roundingInside(subject, contract);
  const inside = coarse > rounding ? coarseAllowance * scale * coarse : 0;
  const measured = { absolute: allowance * (floor + scale * rounding) + inside, relative: 0 };
  if (!contract.tolerance) return { floor, scale, tolerance: measured, source: 'measured' };
  requireNarrow(contract.tolerance, scale);
  return { floor, scale, tolerance: contract.tolerance, source: 'spec' };
}

function requireNarrow(tolerance: Noise['tolerance'], scale: number): void {
  if (!isTooWide(tolerance, scale)) return;
  const allowed = tolerance.absolute + tolerance.relative * scale;
  throw new UserError(
    `The \`tolerance\` of the spec allows for ${allowed.toPrecision(3)}, and the largest output is ${scale.toPrecision(3)}: nothing could be seen.`,
    `Leave it out, so that it is measured, or lower it to ${(widestShare * scale).toPrecision(1)} or less.`,
  );
}

function roundingInside(subject: Subject, contract: Contract): number {
  const [batch] = samples(contract);
  return batch ? coarsestRounding(subject.model, subject.concreteFunctionFor(batch)) : rounding;
}

function samples(contract: Contract): Batch[] {
  return (['noise', 'blobs', 'checkerboard', 'gradient', 'flat'] as const).map((pattern) => ({
    ...smallestSize(contract),
    count: 2,
    pattern,
    seed: 11,
  }));
}

/** The larger of two; NaN and infinity do not count, for a check of its own is there for them. */
function largest(a: number, b: number): number {
  return Number.isFinite(b) && b > a ? b : a;
}
