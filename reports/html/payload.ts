import type {
  Environment,
  Evidence,
  EvidenceValue,
  Finding,
  Level,
  ModelRun,
  Run,
  Verdict,
} from '../../harness/verdict/run.js';
import { type Outcome, outcomeOf, outcomes } from '../wording/outcome.js';
import { visibleLines } from '../wording/visible.js';

/** The data of the page: a run without invisible characters, each rule and each piece of evidence once. */
export type Payload = {
  readonly tool: string;
  readonly environment: Environment;
  readonly rules: readonly PageRule[];
  /** Many checks try the same cases, so their evidence is the same. */
  readonly evidence: readonly EvidenceValue[];
  readonly models: readonly PageModel[];
};

export type PageRule = {
  readonly id: string;
  readonly level: Level;
  readonly demands: string;
  /** Why it matters, and how to fix a model; absent where a run does not say. */
  readonly matters?: string;
  readonly mend?: string;
};

export type PageModel = Omit<ModelRun, 'checks'> & { readonly checks: readonly PageCheck[] };

export type PageCheck = {
  /** Index in `rules`. */
  readonly rule: number;
  readonly outcome: Outcome;
  readonly summary: string;
  readonly cases: number;
  readonly calls: number;
  readonly durationMs: number;
  readonly reason?: string;
  readonly fromCache?: string;
  readonly finding?: Finding;
  /** Each an index in `evidence`. */
  readonly evidence?: Readonly<Record<string, number>>;
};

/**
 * Models in the order they are read: those that break a promise first, then those that could not be decided, and of those that
 * conform the ones with a warning or a waiver.
 */
export function payloadOf(run: Run): Payload {
  const words = new Map(run.rules?.map(({ id, ...rest }) => [id, rest]));
  const rules = new Numbered<PageRule>();
  const evidence = new Numbered<EvidenceValue>();
  const models = [...run.models].sort(
    (one, other) => rank(one.verdict) - rank(other.verdict) || worstIn(one, run) - worstIn(other, run),
  );
  const payload = {
    tool: `${run.tool.name} ${run.tool.version}`,
    environment: run.environment,
    models: models.map((model) => ({
      ...model,
      checks: model.checks.map((check) => {
        const {
          id,
          level,
          demands,
          status: _status,
          specLine: _line,
          evidence: ownEvidence,
          ...rest
        } = check;
        const rule = rules.numberOf({ id, level, demands, ...words.get(id) });
        const drawn = ownEvidence ? { evidence: numbered(ownEvidence, evidence) } : {};
        return { rule, outcome: outcomeOf(check, run.strict), ...rest, ...drawn };
      }),
    })),
  };
  return cleaned({ ...payload, rules: rules.all, evidence: evidence.all });
}

function numbered(ownEvidence: Evidence, all: Numbered<EvidenceValue>): Record<string, number> {
  return Object.fromEntries(Object.entries(ownEvidence).map(([key, value]) => [key, all.numberOf(value)]));
}

/** Numbers things as they come, equal ones once. */
class Numbered<T> {
  readonly all: T[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(one: T): number {
    const key = keyOf(one);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(one) - 1;
  }
}

/** Equal for equal things only: NaN and infinities, which JSON writes as null, are distinguished. */
function keyOf(one: unknown): string {
  const text = JSON.stringify(one);
  return text.includes('null') ? JSON.stringify(cleaned(one)) : text;
}

/** The place in `outcomes` of a model's worst. */
function worstIn({ checks }: ModelRun, { strict }: Run): number {
  return Math.min(outcomes.length, ...checks.map((check) => outcomes.indexOf(outcomeOf(check, strict))));
}

function rank(verdict: Verdict): number {
  return ['does-not-conform', 'unknown', 'conforms'].indexOf(verdict);
}

/** Every text made visible; NaN and infinities, which JSON lacks, as text. */
function cleaned<T>(value: T): T;
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return visibleLines(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map((member) => cleaned(member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [visibleLines(key), cleaned(member)]),
  );
}
