import type { Batch } from './batch.js';
import type { Selection } from './selection.js';

/** The severity of a broken promise: a failed `should` is a warning unless the run is strict. */
export type Level = 'must' | 'should';

/** `error` means that the check could not decide; it is never a pass. */
export type Status = 'pass' | 'fail' | 'error' | 'skip' | 'waived';

/** `unknown` when some check could not decide and no MUST failed. */
export type Verdict = 'conforms' | 'does-not-conform' | 'unknown';

/** A broken promise, as data. */
export type Finding = {
  /** Where the promise is broken, for example "output shape". */
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  /** The smallest batch that shows it, where one was needed. */
  readonly batch?: Batch;
  /** Two rows that ought to be equal, in words above: of which calls they are. */
  readonly compared?: { readonly one: RowOf; readonly other: RowOf };
  /** Where two rows that ought to be equal differ most, with as many digits as it takes to see it. */
  readonly units?: readonly { readonly unit: number; readonly one: string; readonly other: string }[];
  /** Keyword arguments of the call that shows it. */
  readonly arguments?: Readonly<Record<string, number | boolean>>;
  /** The calls that show it, in order, with nothing reset between them, where one alone does not. */
  readonly sequence?: readonly {
    readonly batch: Batch;
    readonly arguments: Readonly<Record<string, number | boolean>>;
  }[];
  /** What it is known by from run to run: 16 hexadecimal digits; left out in older runs. */
  readonly fingerprint?: string;
  /** How many times the batch was shrunk. */
  readonly shrunk?: number;
  /** A command that runs exactly this case again. */
  readonly replay?: string;
  /** The pixels that the model got, as a `.npy` file; a path relative to run.json. */
  readonly pixels?: string;
  /**
   * The two outputs whose rows were compared, as `.npy` files of float32 [rows, units]; paths relative to run.json. Rows are
   * those of `compared` or, without it, each row of one with the same row of the other.
   */
  readonly outputs?: readonly [one: string, other: string];
  /** What a publisher can do about it, in a sentence. */
  readonly remedy?: string;
};

/** One row of the output for a batch. */
export type RowOf = { readonly batch: Batch; readonly row: number };

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
  /** The result, in a line. */
  readonly summary: string;
  /** Generated cases, without those left out. */
  readonly cases: number;
  /** Calls of the model made for this check. */
  readonly calls: number;
  readonly durationMs: number;
  /** Why the check was skipped or waived, or could not decide. */
  readonly reason?: string;
  /** Of one that was skipped: the check of the same model that has failed, or could not decide, over what keeps this one from being decided. */
  readonly answeredBy?: string;
  /** Of one that was skipped: the check of the same model, with another method, whose answer stands for this one, too. */
  readonly decidedBy?: string;
  readonly finding?: Finding;
  /** The waiver that fails the run here: it is not, or no longer, one of a failure. */
  readonly staleWaiver?: StaleWaiver;
  /** When the run was started that decided this, where it was taken from the cache. */
  readonly fromCache?: string;
  /** SHOULDs that belong to this check and failed, in a sentence each; they fail a strict run. */
  readonly warnings?: readonly string[];
  readonly evidence?: Evidence;
  /**
   * Of a check that compares outputs within the spec's `tolerance`: whether `evidence.noise` tells how far they lay apart.
   * Left out in older runs, and where no tolerance matters.
   */
  readonly comparisons?: Comparisons;
};

/** Whether a check that compares outputs within a tolerance records how far they lay apart. */
export type Comparisons = 'recorded' | 'unrecorded';

export type StaleWaiver = {
  readonly why: 'expired' | 'passes' | 'does-not-apply';
  /** As the spec gives them. */
  readonly reason: string;
  readonly expires?: string;
};

export type ModelRun = {
  readonly name: string;
  readonly spec: string;
  readonly model: string;
  /** It was given beside the spec, and is not the one that the spec names. */
  readonly givenModel?: true;
  readonly api: string;
  /** `sha256:` over every file of the model, names and bytes; empty when there were none. */
  readonly digest: string;
  /** `sha256:` over the spec and the files that it names beside the model; left out in older runs, and where it was not read. */
  readonly specDigest?: string;
  /** Lines of the spec whose values are marked `confirm`, with their number from 1; left out where there are none. */
  readonly unconfirmed?: readonly { readonly line: number; readonly text: string }[];
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
  /** Time spent inside the model's own calls. */
  readonly callMs: number;
  /** Why no check could run: an unreadable spec, for example. */
  readonly problem?: string;
  /** Line of the spec, from 1, that the problem is in. */
  readonly problemLine?: number;
  /** The mistakes of the spec as the terminal shows them: place, line, caret and help. Left out in older runs. */
  readonly mistakes?: readonly string[];
};

export type Environment = {
  readonly node: string;
  readonly os: string;
  readonly tensorflow: string;
  /** `sha256:` of the package that TensorFlow came from; left out where that is not known. */
  readonly tensorflowDigest?: string;
  readonly tfjsNode: string;
  /** What the processes of models were kept from; left out in older runs. */
  readonly confinement?: readonly string[];
};

/** The rule of a check, explained to people. */
export type Rule = {
  readonly id: string;
  /** Why the rule matters to users of the model. */
  readonly matters: string;
  /** What to change in the model or its export. */
  readonly mend: string;
  /** The module that it comes from, a path like those of specs; left out for the checks of assay itself. */
  readonly module?: string;
};

/** Under which other tolerance and waivers a stored run was judged again. */
export type Rejudged = {
  /** The run.json that it came from; a path relative to this one's folder. */
  readonly from: string;
  /** `sha256:` over the bytes of that file. */
  readonly digest: string;
  readonly tolerance?: { readonly absolute: number; readonly relative: number };
  readonly waivers?: readonly { readonly model: string; readonly check: string; readonly reason: string }[];
};

/** The assay that made a run. */
export type Tool = {
  readonly name: 'model-assay';
  readonly version: string;
  /** `sha256:` over every file of its `dist`, names and bytes; left out in older runs. */
  readonly digest?: string;
};

/** A finished run: everything that every report is drawn from. Format 1. */
export type Run = {
  readonly format: 1;
  readonly tool: Tool;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: number;
  /** Whether a failed SHOULD fails the run. */
  readonly strict: boolean;
  /** Also models that fail a check of safety were run; left out where they were not. */
  readonly allowUnsafe?: true;
  /** Left out where all checks of all specs were planned, and in older runs. */
  readonly selection?: Selection;
  /** Whether the run was interrupted. */
  readonly interrupted: boolean;
  /** What a stored run was judged by anew, without TensorFlow; left out in a run that was made. */
  readonly rejudged?: Rejudged;
  readonly environment: Environment;
  readonly verdict: Verdict;
  /** The folder that paths of specs and models are relative to, itself relative to the folder of run.json. */
  readonly base?: string;
  /** The planned checks; if absent, only their demands are known. */
  readonly rules?: readonly Rule[];
  readonly models: readonly ModelRun[];
};
