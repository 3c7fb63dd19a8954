import type { CauseKind } from '../../check/cause.js';
import type { Answering } from '../answers.js';

/** The ids of checks, by what they are said to have failed over. */
export type Reported = Readonly<Partial<Record<CauseKind, string>>>;

/** A run in which these checks have failed over everything of these kinds, and no others over anything. */
export function fakeAnswers(reported: Reported = {}): Answering {
  return {
    to: ({ kind }) => reported[kind],
    reasonFor: ({ text }) => `${text}.`,
    silenceOf: () => undefined,
    decided: () => undefined,
    undecided: () => undefined,
  };
}
