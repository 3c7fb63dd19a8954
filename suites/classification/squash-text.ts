import { numberText } from '../../harness/check/compare.js';
import type { Operation } from '../../harness/graph/flow/symbolic-tensor.js';
import type { SquashedScores } from '../../harness/graph/scores/score-bounds.js';

/** What squashed scores are: "probabilities, scaled to [0, 100]". */
export function whatIs({ form, range: [low, high], shares }: SquashedScores): string {
  switch (form) {
    case 'probabilities':
      return Math.abs(high - 1) < 1e-3 && low <= 1e-3
        ? 'probabilities'
        : `probabilities, scaled to ${rangeText(low, high)}`;
    case 'logarithms':
      return 'logarithms of probabilities';
    case 'negative-logarithms':
      return 'negative logarithms of probabilities';
    case 'exponentials':
      return 'exponentials of scores';
    case 'squashed':
      return shares ? 'probabilities, shifted or scaled' : 'squashed scores';
  }
}

/** Which operation bounds the scores, and what comes after: "Sigmoid (head/Sigmoid) bounds each class score to [0, 1], then Mean". */
export function squashText({ causes, trail, range: [low, high] }: SquashedScores): string {
  const cause = causes.find(({ kind }) => kind !== 'plain' && kind !== 'clip') ?? causes[0];
  if (cause === undefined) return `the scores are bounded to ${rangeText(low, high)}`;
  const { op, name } = cause.operation.node;
  const after = trail.slice(trail.lastIndexOf(cause.operation) + 1);
  const then = after.length > 0 ? `, then ${named(after)}${inTheEnd(cause.range, [low, high])}` : '';
  return `${op} (${name}) bounds each class score to ${rangeText(...cause.range)}${then}`;
}

/** Operations named at most. */
const mostNamed = 6;

function named(operations: readonly Operation[]): string {
  const names = operations.map(({ node }) => node.op).filter((op, at, all) => op !== all[at - 1]);
  const rest = names.length - mostNamed;
  return names.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function inTheEnd(first: readonly [number, number], last: readonly [number, number]): string {
  return first.every((end, at) => end === last[at]) ? '' : `, to ${rangeText(...last)}`;
}

function rangeText(low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY) return `at most ${numberText(high)}`;
  return high === Number.POSITIVE_INFINITY
    ? `at least ${numberText(low)}`
    : `[${numberText(low)}, ${numberText(high)}]`;
}
