import type {
  CheckResult,
  Environment,
  Evidence,
  Finding,
  Level,
  ModelRun,
  Run,
  Verdict,
} from '../../harness/verdict/run.js';
import { type Outcome, outcomeOf } from '../outcome.js';
import { visibleLines } from '../visible.js';

/** What the page is drawn from: a run whose texts hold nothing invisible, each rule told once. */
export type Payload = {
  readonly tool: string;
  readonly environment: Environment;
  readonly rules: readonly Rule[];
  readonly models: readonly PageModel[];
};

export type Rule = { readonly id: string; readonly level: Level; readonly demands: string };

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
  readonly finding?: Finding;
  readonly evidence?: Evidence;
};

/** Models in the order they are read: what breaks a promise first, then what could not be judged. */
export function payloadOf(run: Run): Payload {
  const rules = new RuleBook();
  const models = [...run.models].sort((one, other) => rank(one.verdict) - rank(other.verdict));
  const payload = {
    tool: `${run.tool.name} ${run.tool.version}`,
    environment: run.environment,
    models: models.map((model) => ({
      ...model,
      checks: model.checks.map((check) => pageCheck(check, rules, run.strict)),
    })),
  };
  return cleaned({ ...payload, rules: rules.all });
}

/** Numbers rules as they come, the same rule once. */
class RuleBook {
  readonly all: Rule[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf({ id, level, demands }: CheckResult): number {
    const key = JSON.stringify([id, level, demands]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push({ id, level, demands }) - 1;
  }
}

function pageCheck(check: CheckResult, rules: RuleBook, strict: boolean): PageCheck {
  const { id: _id, level: _level, demands: _demands, status: _status, specLine: _line, ...rest } = check;
  return { rule: rules.numberOf(check), outcome: outcomeOf(check, strict), ...rest };
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
