import { afterStepInWords } from '../../harness/check/after-step.js';
import { agreementOf } from '../../harness/check/agreement.js';
import type { CauseKind } from '../../harness/check/cause.js';
import { rowsOf } from '../../harness/check/compare.js';
import { leastRounding, sumsInAnyOrder } from '../../harness/check/last-bits.js';
import { callMayDraw } from '../../harness/check/may-draw.js';
import { hasFiniteValues } from '../../harness/check/numeric-rows.js';
import { callOf, nothingSet, type Step, sequenceText } from '../../harness/check/sequences/step.js';
import type { Tolerance } from '../../harness/check/tolerance.js';
import { trainableAmong } from '../../harness/check/trainable-among.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type {
  Arguments,
  Call,
  ModelCalls,
  ModelFacts,
  ModelState,
  SequenceChanges,
  Tensor,
} from '../../harness/engine/subject.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { callElsewhere, requireSameElsewhere } from './elsewhere.js';
import { furtherProbes, type Probe, probeWith, rowsKept, smallProbe } from './probes.js';
import { requireWellFormed } from './well-formed.js';

type Sequence = {
  readonly subject: ModelCalls & ModelFacts & ModelState;
  readonly contract: Contract;
  readonly steps: readonly Step[];
  /** The sequence, after which something is found. */
  readonly after: string;
};

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

async function requireKept(
  sequence: Sequence,
  probes: readonly Probe[],
  found: SequenceChanges,
): Promise<void> {
  let outputs = found.outputs.slice(sequence.steps.length);
  for (const probe of probes) {
    await requireRowsKept(sequence, probe, outputs);
    outputs = outputs.slice(probe.length);
  }
  requireVariablesKept(sequence, found);
}

function requireVariablesKept(
  { subject, contract, steps, after }: Sequence,
  { byFirst, byThen }: SequenceChanges,
): void {
  const { model } = subject;
  const batch = smallProbe(contract);
  if (byThen.length > 0)
    throw left(subject, { batch }, 'changed-variables', {
      where: `variables at inference after ${after}`,
      expected: 'as before these calls',
      actual: `changed: ${namesOf(model, byThen)}`,
    });
  const weights = trainableAmong(byFirst, model);
  if (weights.length > 0)
    throw left(subject, { batch, args: trainingArguments(steps) }, 'changed-weights', {
      where: `trainable variables after ${after}`,
      expected: 'as before',
      actual: `changed: ${namesOf(model, weights)}`,
    });
}

/** Which call of a sequence, with the hyperparameters that it takes to get there. */
function placeOf({ setting }: Step, earlier: readonly Step[]): string {
  const given = setting === nothingSet ? '' : `, with ${argumentsInWords(setting)}`;
  const isSet = earlier.some((one) => one.setting !== nothingSet);
  const after = isSet ? `, after ${sequenceText(earlier)}` : '';
  return `call ${earlier.length + 1} of the sequence${given}${after}`;
}

/** Of a training call with hyperparameters, where there is one. */
function trainingArguments(steps: readonly Step[]): Arguments {
  const trained = steps.filter(({ training }) => training);
  const { setting } = trained.find((one) => one.setting !== nothingSet) ?? { setting: nothingSet };
  return { training: true, ...setting };
}

async function requireRowsKept(
  { subject, contract, after }: Sequence,
  [call, , , other]: Probe,
  [first, again, beside, withFalse]: readonly Tensor[],
): Promise<void> {
  if (!call || !first || !again || !beside) return;
  const same = sameRows({ subject, contract, call });
  const passed = call.args ? ` with ${argumentsInWords(call.args)}` : '';
  const repeated = `the second of two equal inference calls${passed} after ${after}`;
  const inAnyOrder = (row: Float32Array) => sumsInAnyOrder(row, call.batch);
  await same([first, again], { kind: 'random-rows', where: repeated, tolerance: inAnyOrder });
  const kept = rowsKept(call.batch);
  const firstRowsOf = [firstRows(first, kept), firstRows(beside, kept)] as const;
  const among = `inference${passed} beside other images after ${after}`;
  await same(firstRowsOf, { kind: 'dependent-rows', where: among, tolerance: inAnyOrder });
  if (!other || !withFalse) return;
  const byDefault = `the call without training after ${after}, as with training=False`;
  const otherFunction = (row: Float32Array) => leastRounding(subject, call, row);
  await same([withFalse, first], { kind: 'other-default', where: byDefault, tolerance: otherFunction });
}

type Compared = {
  /** What one call after another shows as well, without any sequence, another check covers. */
  readonly kind: CauseKind;
  readonly where: string;
  readonly tolerance: (row: Float32Array) => Tolerance;
};

function sameRows({ subject, contract, call }: { subject: ModelFacts; contract: Contract; call: Call }) {
  return async (outputs: readonly [Tensor, Tensor], { kind, where, tolerance }: Compared) => {
    const { disagreement } = await agreementOf(outputs, contract, (_row, values) => tolerance(values));
    if (!disagreement) return;
    const { row, unit, expected, actual, units } = disagreement;
    const place = `row ${row}, column ${unit}, of ${where}`;
    throw left(subject, call, kind, { where: place, expected, actual, units });
  };
}

function left(
  subject: ModelFacts,
  { batch, args }: Call,
  kind: CauseKind,
  finding: Violation['finding'],
): LeftOut {
  const { functionName: of } = subject.concreteFunctionFor(batch, args);
  const text = 'After a sequence of calls, the model is not as it was';
  return new LeftOut({ kind, of, text }, new Violation(finding));
}

function firstRows(output: Tensor, count: number): Tensor {
  const rows = rowsOf(output).slice(0, count);
  const values = Float32Array.from(rows.flatMap((row) => [...row]));
  return { ...output, shape: [rows.length, ...output.shape.slice(1)], values };
}
