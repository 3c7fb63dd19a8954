import { agreementOf } from '../../harness/check/agreement.js';
import type { CauseKind } from '../../harness/check/cause.js';
import { rowsOf } from '../../harness/check/compare.js';
import { leastRounding, sumsInAnyOrder } from '../../harness/check/last-bits.js';
import { nothingSet, type Step } from '../../harness/check/sequences/step.js';
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
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import { type Probe, rowsKept, smallProbe } from './probes.js';

export type Sequence = {
  readonly subject: ModelCalls & ModelFacts & ModelState;
  readonly contract: Contract;
  readonly steps: readonly Step[];
  /** The sequence, after which something is found. */
  readonly after: string;
};

/** What must be as before a sequence: rows of `probes`, made after it, and variables. @throws LeftOut */
export async function requireKept(
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

/** What a single call may show as well: a finding of another check, or of the sequence. */
export function left(
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
