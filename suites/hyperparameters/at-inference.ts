import { differenceOf, numberText, rowOf } from '../../harness/check/compare.js';
import type { BrokenPromise } from '../../harness/check/output-promise.js';
import { namesOf } from '../../harness/check/variable-names.js';
import type { Call, Noise, Subject, Tensor } from '../../harness/engine/subject.js';
import { generatorStates } from '../../harness/graph/randomness/generator-state.js';

/** How a call breaks what holds at inference: it changes a variable, or its rows depend on each other. */
export type BrokenAtInference = Omit<BrokenPromise, 'of'> & { readonly of: 'variables' | 'rows' };

/** Images of the batch that are called again, in other positions and without the rest. */
const repeatedImages = [5, 3, 0];

/** Times that both calls are repeated before the rows fail: a hyperparameter may ask for random outputs. */
const repeats = 8;

/** Share of the largest value up to which rows agree: a hyperparameter may amplify rounding beyond what is measured without it. */
const maxRowDifference = 0.01;

/** Judges a call of at least six images without `training=True`, except where a bool is True: that may select another mode. */
export async function brokenAtInference(
  subject: Subject,
  call: Call,
): Promise<BrokenAtInference | undefined> {
  if (Object.values(call.args ?? {}).includes(true)) return undefined;
  return (await changedVariables(subject, call)) ?? (await dependentRows(subject, call));
}

async function changedVariables(
  subject: Subject,
  { batch, args }: Call,
): Promise<BrokenAtInference | undefined> {
  const changed = await subject.changedBy(batch, args);
  if (changed.length === 0) return undefined;
  const states = generatorStates(subject.model, [subject.concreteFunctionFor(batch, args)]);
  const others = changed.filter((variable) => !states.includes(variable));
  if (others.length === 0) return undefined;
  return { of: 'variables', expected: 'as before', actual: `changed: ${namesOf(subject.model, others)}` };
}

async function dependentRows(subject: Subject, call: Call): Promise<BrokenAtInference | undefined> {
  const other: Call = {
    ...call,
    batch: { ...call.batch, count: repeatedImages.length, rows: repeatedImages },
  };
  const [together, separate] = [
    await subject.call(call.batch, call.args),
    await subject.call(other.batch, other.args),
  ];
  const noise = await noiseFor(subject, together);
  for (const [place, image] of repeatedImages.entries()) {
    const [row, again] = [rowOf(together, image), rowOf(separate, place)];
    const difference = differenceOf(row, again, noise.tolerance);
    if (!difference) continue;
    if (!(await steady(subject, call, together, noise)) || !(await steady(subject, other, separate, noise)))
      return undefined;
    const [before, after] = [numberText(row[difference.unit]), numberText(again[difference.unit])];
    const expected = `${before} in row ${image}, column ${difference.unit}, beside other images, too`;
    return { of: 'rows', expected, actual: after };
  }
  return undefined;
}

async function steady(subject: Subject, call: Call, usual: Tensor, noise: Noise): Promise<boolean> {
  const again = await subject.inARow(Array.from({ length: repeats }, () => call));
  return again.every(({ values }) => differenceOf(usual.values, values, noise.tolerance) === undefined);
}

async function noiseFor(subject: Subject, { values }: Tensor): Promise<Noise> {
  const noise = await subject.noise();
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const absolute = Math.max(noise.tolerance.absolute, maxRowDifference * largest);
  return { ...noise, tolerance: { ...noise.tolerance, absolute } };
}
