import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { CallFailed, CallRefused } from '../../engine/process/failures.js';
import type { Arguments, Call } from '../../engine/subject.js';
import type { BatchSpace } from '../../images/space.js';
import { plural } from '../../verdict/plural.js';
import type { Finding } from '../../verdict/run.js';
import type { Conclusion, Excuses } from '../check.js';
import { LeftOut, Violation } from '../violation.js';
import { randomSequences, sequencesIn } from './sequences.js';
import { callOf, type Step, sequenceText } from './step.js';

export type SequenceTrial = {
  readonly space: BatchSpace;
  /** What the corners pass besides `training`; the first passes nothing. */
  readonly settings: readonly Arguments[];
  /** Tried first, the shortest first. */
  readonly corners: readonly (readonly Step[])[];
  readonly seed: number;
  /** Random sequences, at most. */
  readonly random: number;
  /** When no further sequence is begun, as `performance.now()` counts. */
  readonly until: number;
  /** Which calls may be left out. */
  readonly excuses: Excuses;
  /** Told of all calls before the first. */
  readonly expect: (calls: readonly Call[]) => Promise<void>;
  /** Throws a Violation when the sequence shows that the promise is broken. A call that fails breaks it, too, unless excused. */
  readonly holds: (steps: readonly Step[]) => Promise<void>;
};

/**
 * Tries sequences of calls with nothing reset in between, and shrinks one that fails to the shortest that still does.
 * Whatever else `holds` throws is thrown on.
 */
export async function trySequences({ corners, ...trial }: SequenceTrial): Promise<Conclusion> {
  const sequences = [...corners, ...randomSequences(trial.space, trial.seed, trial.random)];
  await trial.expect(sequences.flat().map(callOf));
  let tried = 0;
  let calls = 0;
  let lost: unknown;
  const excused: unknown[] = [];
  let { until } = trial;
  let shrinksLeft = Number.POSITIVE_INFINITY;
  const attempt = async (steps: readonly Step[]) => {
    shrinksLeft -= 1;
    // Otherwise fast-check would go on to make shorter sequences, which takes long itself.
    if (lost !== undefined || shrinksLeft < 0 || performance.now() > until)
      throw new fc.PreconditionFailure(true);
    try {
      await trial.holds(steps);
      tried += 1;
      calls += steps.length;
    } catch (error) {
      const violation = violationOf(error, steps);
      const isExcused = await trial.excuses.answering(error).catch((other: unknown) => {
        lost = other;
        throw new fc.PreconditionFailure(true);
      });
      if (isExcused !== undefined) excused.push(error);
      else if (!violation) lost = error;
      else {
        if (until === trial.until) {
          until = Math.min(until, performance.now() + shrinkMs);
          shrinksLeft = maxShrinks;
        }
        throw violation;
      }
    }
  };
  const details = await fc.check(fc.asyncProperty(sequencesIn(trial.space, trial.settings), attempt), {
    seed: trial.seed,
    numRuns: sequences.length,
    examples: sequences.map((steps): [readonly Step[]] => [steps]),
  });
  // Without a success before the time is over, fast-check calls that a failure, which has no error.
  if (details.failed && details.errorInstance) return failed(details, tried + 1);
  if (lost !== undefined) throw lost;
  if (tried === 0 && excused.length > 0) throw excused[0];
  if (tried + excused.length < corners.length)
    return {
      status: 'error',
      reason: `Only ${tried} of the ${corners.length} sequences of calls could be tried in the time; raise limits.deadline.`,
      cases: tried,
    };
  const summary = `${tried} sequences of calls, ${calls} calls in all, the longest of ${longest(sequences)}`;
  return { status: 'pass', summary, cases: tried };
}

function violationOf(error: unknown, steps: readonly Step[]): Violation | undefined {
  if (error instanceof Violation) return error;
  if (error instanceof LeftOut) return error.otherwise;
  if (!(error instanceof CallFailed || error instanceof CallRefused)) return undefined;
  const where = placeOf(error, steps);
  return new Violation({ where, expected: 'an output', actual: error.message });
}

/** Which call fails: one of the sequence, or inference after it. */
function placeOf({ call }: CallFailed | CallRefused, steps: readonly Step[]): string {
  const text = sequenceText(steps);
  if (call === undefined) return `a call in ${text}`;
  const { count, height, width } = call.batch;
  const images = `${plural(count, 'image')}, ${height}×${width}`;
  const isStep = steps.some(({ batch }) => isDeepStrictEqual(batch, call.batch));
  return isStep ? `a call with ${images}, in ${text}` : `inference with ${images}, after ${text}`;
}

/** Sequences tried to shrink one that fails: enough for its length and for the calls of a short one. */
const maxShrinks = 60;

/** How long it is shrunk at most. */
const shrinkMs = 10_000;

function longest(sequences: readonly (readonly Step[])[]): number {
  return Math.max(...sequences.map((steps) => steps.length));
}

function failed(details: fc.RunDetails<[readonly Step[]]>, cases: number): Conclusion {
  const { errorInstance, counterexample, numShrinks } = details;
  const [steps = []] = counterexample ?? [];
  if (!(errorInstance instanceof Violation)) throw errorInstance;
  return {
    status: 'fail',
    finding: { ...errorInstance.finding, ...shownSteps(steps), shrunk: numShrinks },
    cases,
  };
}

/** The last batch stands for the sequence where a picture is wanted. */
function shownSteps(steps: readonly Step[]): Pick<Finding, 'batch' | 'sequence'> {
  const last = steps.at(-1);
  const sequence = steps.map(({ batch, training, setting }) => ({
    batch,
    arguments: { training, ...setting },
  }));
  return { ...(last ? { batch: last.batch } : {}), sequence };
}
