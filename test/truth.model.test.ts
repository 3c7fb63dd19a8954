import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Arguments, Call, Subject } from '../harness/engine/subject.js';
import type { Batch } from '../harness/verdict/batch.js';
import { conformingModels, inProject, readJson } from '../proof/project.js';
import { withSubject } from '../proof/running.js';

/** A call recorded in Python through `hub.load`, on a freshly loaded model. */
type Recorded = {
  readonly batch: Batch;
  readonly arguments: Arguments;
  /** Variables that the call changed, by their place in `variables`, with the values they then had. */
  readonly state?: readonly { readonly variable: number; readonly values: readonly number[] }[];
  readonly output: {
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly values: readonly number[];
  };
};

/** Largest difference between Python's outputs and ours that counts as equal, as a share of the largest output; of 1, where that is less. */
const allowed = 1e-5;

/** Kernels for half precision round otherwise on CPUs with other instructions: AMX, AVX512-FP16. */
const allowedInHalfPrecision = 1e-3;
const inHalfPrecision: ReadonlySet<string> = new Set(['half-precision-inside']);

const largest = new Map<string, number>();

afterAll(() => {
  const lines = [...largest].map(
    ([model, difference]) => `${model.padEnd(24)} ${difference.toExponential(2)}`,
  );
  console.log(`Largest difference from hub.load:\n${lines.join('\n')}`);
});

describe('outputs equal those that hub.load gave', () => {
  test.each(conformingModels())('%s', { timeout: 120_000 }, async (model) => {
    const file = inProject('models-under-test', 'truth', `${model}.json`);
    expect(existsSync(file), `${file} is recorded`).toBe(true);
    const calls = readJson<Recorded[]>('models-under-test', 'truth', `${model}.json`);
    expect(calls.length).toBeGreaterThan(2);
    const most = inHalfPrecision.has(model) ? allowedInHalfPrecision : allowed;
    await withSubject(inProject('specs', `${model}.yaml`), async (subject) => {
      for (const { batch, arguments: args, output, state = [] } of calls) {
        const ours = await subject.call(batch, args);
        expect([ours.dtype, ours.shape]).toEqual([output.dtype, output.shape]);
        const scale = Math.max(1, ...output.values.map(Math.abs));
        const difference = largestDifference(output.values, ours.values) / scale;
        largest.set(model, Math.max(largest.get(model) ?? 0, difference));
        expect(difference, JSON.stringify({ batch, args })).toBeLessThanOrEqual(most);
        await expectState(subject, { batch, args }, state);
      }
    });
  });
});

/** The same floating-point variables have changed, to the same values. */
async function expectState(
  subject: Subject,
  call: Call,
  state: NonNullable<Recorded['state']>,
): Promise<void> {
  if (state.length === 0) return;
  const { state: ours } = await subject.outcomeOf([call]);
  const floating = new Set(
    subject.model.variables.filter(({ dtype }) => dtype.includes('float')).map(({ nodeId }) => nodeId),
  );
  const nodeOf = (variable: number) => subject.model.listedVariables?.[variable]?.nodeId ?? -1;
  const kept = state.filter(({ variable }) => floating.has(nodeOf(variable)));
  for (const { variable, values } of kept) {
    const nodeId = nodeOf(variable);
    expect(largestDifference(values, ours.get(nodeId) ?? new Float32Array())).toBeLessThanOrEqual(allowed);
  }
  expect(ours.size).toBe(kept.length);
}

/** NaN, which is no small difference, becomes infinity. */
function largestDifference(expected: readonly number[], actual: Float32Array): number {
  if (expected.length !== actual.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((worst, value, index) => {
    const difference = Math.abs(value - (actual[index] ?? Number.NaN));
    return Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }, 0);
}
