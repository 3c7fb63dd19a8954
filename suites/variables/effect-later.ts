import { differenceOf } from '../../harness/check/compare.js';
import { leastRounding } from '../../harness/check/last-bits.js';
import { callMayDraw } from '../../harness/check/may-draw.js';
import { CallFailed, CallRefused } from '../../harness/engine/process/failures.js';
import type { Call, Perturbation, Subject, Tensor } from '../../harness/engine/subject.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';

/** Training calls before the one that is to show an effect. */
const fewCalls = 10;

/** Whether a variable has an effect on a call after some training calls, as behind a gate that a warm-up opens; not told of random ones. */
export async function hasEffectLater(
  subject: Subject,
  variable: Variable,
  [call, training]: readonly Call[],
): Promise<boolean> {
  if (!call || !training || callMayDraw(subject, training) || callMayDraw(subject, call)) return false;
  const before = Array.from({ length: fewCalls }, () => training);
  // Whether these calls can be made at all, other checks cover.
  const after = async (perturbation: Perturbation): Promise<Tensor | undefined> =>
    (await subject.changesOver(before, [call], perturbation).catch(unlessRefused))?.outputs.at(-1);
  const [usual, other] = [await after(new Map()), await after(new Map([[variable, 1]]))];
  if (!usual || !other) return false;
  return differenceOf(usual.values, other.values, leastRounding(subject, call, usual.values)) !== undefined;
}

/** A lost process shows nothing of the model. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof CallFailed || error instanceof CallRefused)) throw error;
}
