/** What became of an input. All but the first two must never happen. */
export const outcomes = ['accepted', 'refused', 'crash', 'hang', 'memory'] as const;

export type Outcome = (typeof outcomes)[number];

export type Observed = {
  readonly outcome: Outcome;
  /** What was thrown, or how the process ended; empty for what may happen. */
  readonly detail: string;
};

/** A forbidden outcome, and of which input of its kind. */
export type Mishap = Observed & { readonly index: number };

export type Counts = Readonly<Record<Outcome, number>>;

export const noCounts: Counts = { accepted: 0, refused: 0, crash: 0, hang: 0, memory: 0 };

export function isForbidden({ outcome }: Observed): boolean {
  return outcome !== 'accepted' && outcome !== 'refused';
}

/** An input that takes longer hangs. */
export const deadlineMs = 10_000;

/** A process that takes more is greedy. */
export const memoryBytes = 1.5 * 2 ** 30;
