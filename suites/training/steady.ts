import { afterStepInWords } from '../../harness/check/after-step.js';
import type { CauseKind } from '../../harness/check/cause.js';
import { callMayDraw } from '../../harness/check/may-draw.js';
import { hasFiniteValues } from '../../harness/check/numeric-rows.js';
import { callOf, nothingSet, type Step, sequenceText } from '../../harness/check/sequences/step.js';
import type { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, Call } from '../../harness/engine/subject.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { callElsewhere, requireSameElsewhere } from './elsewhere.js';
import { left, requireKept, type Sequence } from './kept.js';
import { furtherProbes, probeWith, smallProbe } from './probes.js';
import { requireWellFormed } from './well-formed.js';

/** @throws Violation where a sequence breaks the promise of training/many-steps; LeftOut where a single call breaks it, too */
export async function requireSteady(
  subject: Sequence['subject'],
  contract: Contract,
  steps: readonly Step[],
  settings: readonly Arguments[],
): Promise<void> {
  const probe = probeWith(subject, smallProbe(contract));
  const set = settings.map((args) => ({ batch: smallProbe(contract), args }));
  const found = await subject.changesOver(steps.map(callOf), [...probe, ...set]);
  for (const [index, call] of [...steps.map(callOf), ...probe, ...set].entries()) {
    const output = found.outputs[index];
    const earlier = steps.slice(0, index);
    const step = steps[index];
    const where = step ? placeOf(step, earlier) : inferenceText(call, sequenceText(earlier));
    if (output) await requireWellFormed(subject, contract, { call, output, where });
  }
  await requireKept({ subject, contract, steps, after: sequenceText(steps) }, [probe], found);
}

/** The same of inference with a setting, before any other call. @throws LeftOut */
export async function requireSteadyWith(
  subject: Sequence['subject'],
  contract: Contract,
  setting: Arguments,
): Promise<void> {
  const probe = probeWith(subject, smallProbe(contract), setting);
  const found = await subject.changesOver([], probe);
  await requireKept({ subject, contract, steps: [], after: 'no other call' }, [probe], found);
}

/**
 * The same at inference with larger images and with more of them, once every trainable variable has another value than the
 * stored one, as after training: copies of the weights are equal to them when saved. What those values themselves make
 * infinite shows nothing. @throws Violation, LeftOut
 */
export async function requireSteadyAfterStep(
  subject: Sequence['subject'],
  contract: Contract,
  steps: readonly Step[],
  settings: readonly Arguments[],
): Promise<void> {
  const batch = smallProbe(contract);
  const steady = settings.filter((args) => !callMayDraw(subject, { batch, args }));
  const probes = [
    ...[batch, ...furtherProbes(contract)].map((one) => probeWith(subject, one)),
    ...steady.map((setting) => probeWith(subject, batch, setting)),
  ];
  const moved = new Map(listedTrainable(subject.model).map((variable) => [variable, 1]));
  const elsewhere = callElsewhere(contract, batch);
  const found = await subject.changesOver(steps.map(callOf), [...probes.flat(), ...elsewhere], moved);
  if (!found.outputs.every(hasFiniteValues)) return;
  const after = `${sequenceText(steps)}${afterStepInWords}`;
  await requireKept({ subject, contract, steps, after }, probes, found);
  const outputs = [
    ...found.outputs.slice(steps.length, steps.length + 1),
    ...found.outputs.slice(-elsewhere.length),
  ];
  const leftOut = (kind: CauseKind, finding: Violation['finding']) => left(subject, { batch }, kind, finding);
  if (elsewhere.length > 0)
    requireSameElsewhere({ subject, contract, call: { batch }, after, left: leftOut }, outputs);
}

/** `inference after …`, with the hyperparameters that it passes. */
function inferenceText({ args = {} }: Call, after: string): string {
  const { training: _, ...setting } = args;
  const passed = argumentsInWords(setting);
  return `inference${passed === '' ? '' : ` with ${passed}`} after ${after}`;
}

/** Which call of a sequence, with the hyperparameters that it takes to get there. */
function placeOf({ setting }: Step, earlier: readonly Step[]): string {
  const given = setting === nothingSet ? '' : `, with ${argumentsInWords(setting)}`;
  const isSet = earlier.some((one) => one.setting !== nothingSet);
  const after = isSet ? `, after ${sequenceText(earlier)}` : '';
  return `call ${earlier.length + 1} of the sequence${given}${after}`;
}
