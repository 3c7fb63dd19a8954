import type { Batch } from './batch.js';

/** How bad a broken promise is: a failed `should` is a warning unless the run is strict. */
export type Level = 'must' | 'should';

/** `error` means that it could not be found out; it is never a pass. */
export type Status = 'pass' | 'fail' | 'error' | 'skip' | 'waived';

/** `unknown` when something could not be found out and no MUST failed. */
export type Verdict = 'conforms' | 'does-not-conform' | 'unknown';

/** What broke a promise, as data. */
export type Finding = {
  /** What was looked at, for example "output shape". */
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  /** The smallest batch that shows it, where one was needed. */
  readonly batch?: Batch;
  /** Keyword arguments of the call that shows it. */
  readonly arguments?: Readonly<Record<string, number | boolean>>;
  /** How many times the batch was made smaller. */
  readonly shrunk?: number;
  /** A command that runs exactly this case again. */
  readonly replay?: string;
  /** The pixels that the model was given, as a `.npy` file; a path relative to run.json. */
  readonly pixels?: string;
  /** What a publisher can do about it, in a sentence. */
  readonly remedy?: string;
};

/** Numbers and words a report may draw; JSON only. */
export type Evidence = { readonly [key: string]: EvidenceValue };
export type EvidenceValue =
  | string
  | number
  | boolean
  | null
  | readonly EvidenceValue[]
  | { readonly [key: string]: EvidenceValue };

/** The verdict of one check on one model. */
export type CheckResult = {
  readonly id: string;
  readonly level: Level;
  readonly status: Status;
  /** The rule, as one sentence with MUST or SHOULD. */
  readonly demands: string;
  /** Line of the spec, from 1, that makes the promise; left out where no single line does. */
  readonly specLine?: number;
  /** What was found, in a line. */
  readonly summary: string;
  /** Generated cases, without those left out. */
  readonly cases: number;
  /** Calls of the model made for this check. */
  readonly calls: number;
  readonly durationMs: number;
  /** Why skipped, waived or error. */
  readonly reason?: string;
  readonly finding?: Finding;
  /** SHOULDs that belong to this check and failed, in a sentence each; they fail a strict run. */
  readonly warnings?: readonly string[];
  readonly evidence?: Evidence;
};

export type ModelRun = {
  readonly name: string;
  readonly spec: string;
  readonly model: string;
  readonly api: string;
  /** `sha256:` over every file of the model, names and bytes; empty when there was nothing to read. */
  readonly digest: string;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
  /** Time spent inside the model's own calls. */
  readonly callMs: number;
  /** Why no check could run: an unreadable spec, for example. */
  readonly problem?: string;
  /** Line of the spec, from 1, that the problem is in. */
  readonly problemLine?: number;
};

export type Environment = {
  readonly node: string;
  readonly os: string;
  readonly tensorflow: string;
  readonly tfjsNode: string;
};

/** What a check is about, in words for people. */
export type Rule = {
  readonly id: string;
  /** Why the rule matters to users of the model. */
  readonly matters: string;
  /** What to change in the model or its export. */
  readonly mend: string;
  /** The module that it comes from, a path like those of specs; left out for the checks of assay itself. */
  readonly module?: string;
};

/** A finished run: everything that every report is drawn from. Format 1. */
export type Run = {
  readonly format: 1;
  readonly tool: { readonly name: 'model-assay'; readonly version: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  /** True when a failed SHOULD fails the run. */
  readonly strict: boolean;
  /** True when the run was stopped before its end. */
  readonly interrupted: boolean;
  readonly environment: Environment;
  readonly verdict: Verdict;
  /** The folder that paths of specs and models start at, relative to the folder that run.json lies in. */
  readonly base?: string;
  /** The checks that were planned; left out, nothing is known of them but their demands. */
  readonly rules?: readonly Rule[];
  readonly models: readonly ModelRun[];
};
