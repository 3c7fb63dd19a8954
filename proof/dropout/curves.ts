import type { Call, Subject } from '../../harness/engine/subject.js';
import { callsOf } from '../../suites/dropout/calls.js';
import { doubtIn } from '../../suites/dropout/statistics/answer.js';
import { Drawing, type Draws, valueAt } from '../../suites/dropout/statistics/draws.js';
import { dropsIn } from '../../suites/dropout/statistics/drops.js';
import { unitsOf } from '../../suites/dropout/statistics/recurring.js';
import { specOfTwin } from '../material.js';
import { withSubject } from '../running.js';

/** Share of runs in which so many draws of so many units were evidence of drops. */
export type Curve = {
  readonly model: string;
  readonly units: number;
  readonly points: readonly { readonly draws: number; readonly found: number }[];
};

/** One unit of a model: how often it has its recurring value, and how far its others lie from that, in their deviations. */
export type Mark = { readonly share: number; readonly distance: number };

const maxCurves = 40;

/** How many draws it takes, at a rate of 0.01, by the number of units. */
export async function curves(runs: number): Promise<Curve[]> {
  const model = 'dropout-outputs-001';
  const found = new Map([4, 16, 64].map((units) => [units, new Array<number>(maxCurves + 1).fill(0)]));
  await training(specOfTwin({ twin: model }), async (subject, calls) => {
    for (let run = 0; run < runs; run++) {
      const draws = await new Drawing(subject, calls(run + 1)).upTo(maxCurves, Number.POSITIVE_INFINITY);
      for (const [units, counts] of found) {
        for (let count = 2; count <= maxCurves; count += 2)
          if (isEvidence(part(draws, units, count))) counts[count] = (counts[count] ?? 0) + 1;
      }
    }
  });
  return [...found].map(([units, counts]) => ({
    model,
    units,
    points: counts.flatMap((count, draws) =>
      draws % 2 || draws === 0 ? [] : [{ draws, found: count / runs }],
    ),
  }));
}

/** What the units of a model look like in sixty draws. */
export function marks(spec: string): Promise<Mark[]> {
  return training(spec, async (subject, calls) => {
    const draws = await new Drawing(subject, calls(1)).upTo(60, Number.POSITIVE_INFINITY);
    return unitsOf(draws).flatMap(({ recurring }, unit) =>
      recurring === undefined ? [] : [mark(draws, unit, recurring)],
    );
  });
}

function training<T>(
  spec: string,
  use: (subject: Subject, calls: (seed: number) => Call) => Promise<T>,
): Promise<T> {
  return withSubject(spec, (subject, contract) =>
    use(subject, (seed) => {
      const call = callsOf(contract, seed).find(({ args }) => args?.training === true);
      if (!call) throw new Error(`${spec} declares no training.`);
      return call;
    }),
  );
}

function part(draws: Draws, units: number, count: number): Draws {
  const values = draws.values
    .slice(0, count)
    .map((all) =>
      Float32Array.from(
        { length: draws.rows * units },
        (_, at) => all[Math.floor(at / units) * draws.units + (at % units)] ?? Number.NaN,
      ),
    );
  return { rows: draws.rows, units, values };
}

function isEvidence(draws: Draws): boolean {
  return doubtIn(dropsIn(draws, unitsOf(draws))) === undefined;
}

/** Over the rows in which the unit has other values, too. */
function mark(draws: Draws, unit: number, recurring: number): Mark {
  const values = Array.from({ length: draws.rows }, (_, row) =>
    draws.values.map((_, draw) => valueAt(draws, draw, row, unit)),
  ).filter((row) => row.some((value) => value !== recurring));
  const all = values.flat();
  const distances = values.map((row) =>
    distanceOf(
      row.filter((value) => value !== recurring),
      recurring,
    ),
  );
  return {
    share: all.filter((value) => value === recurring).length / Math.max(1, all.length),
    distance: [...distances].sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0,
  };
}

/** At most 1000, where the values do not move at all. */
function distanceOf(values: readonly number[], from: number): number {
  const mean = values.reduce((all, value) => all + value, 0) / values.length;
  const squares = values.reduce((all, value) => all + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / values.length);
  return Math.min(1000, Math.abs(mean - from) / Math.max(deviation, Number.MIN_VALUE));
}
