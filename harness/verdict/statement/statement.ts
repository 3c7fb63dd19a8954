import type { Selection } from '../selection.js';

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'https://in-toto.io/attestation/test-result/v0.1';

export const results = ['PASSED', 'WARNED', 'FAILED'] as const;
export type Result = (typeof results)[number];

/** Why a run is no ground for a statement, unless that is asked for by this name. */
export const reservations = ['undecided', 'filtered', 'interrupted', 'unsafe', 'rejudged', 'cached'] as const;
export type Reservation = (typeof reservations)[number];

/** in-toto's description of a thing; digests in hexadecimal. */
export type ResourceDescriptor = {
  readonly name: string;
  readonly uri?: string;
  readonly digest?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
};

/** Package URLs: https://github.com/package-url/purl-spec */
export function npmAddress(name: string, version: string): string {
  return `pkg:npm/${name}@${version}`;
}

export function tensorflowAddress(version: string): string {
  return `pkg:pypi/tensorflow-cpu@${version}`;
}

/** A check, and why it is in the list. */
export type Because = { readonly test: string; readonly reason: string };

/** What in-toto's predicate has no field for; consumers that do not know the field ignore it. Format 1. */
export type Assay = {
  readonly format: 1;
  /** What the statement leaves open; its result is WARNED at best then. */
  readonly reservations: readonly Reservation[];
  readonly startedAt: string;
  readonly seed: number;
  readonly strict: boolean;
  /** `sha256:` over the spec and the files that it names beside the model. */
  readonly specDigest: string;
  readonly selection?: Selection;
  /** Checks without an answer. */
  readonly undecided: readonly Because[];
  /** Checks that did not apply, or were not chosen. */
  readonly notTested: readonly Because[];
  /** Of tests that failed, and are in `warnedTests` for that. */
  readonly waivers: readonly Because[];
  /** Lines of the spec whose values nobody has confirmed. */
  readonly unconfirmed: readonly string[];
  /** Versions, and the system. */
  readonly environment: {
    readonly assay: string;
    readonly node: string;
    readonly os: string;
    readonly tensorflow: string;
  };
  /** What the model's process was kept from; left out for older runs. */
  readonly confinement?: readonly string[];
};

export type TestResult = {
  readonly result: Result;
  /** The spec, the run, assay, TensorFlow, then the files that the spec names. */
  readonly configuration: readonly ResourceDescriptor[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  readonly model_assay: Assay;
};

/** An in-toto Statement v1 on one model, unsigned. `specs/statement.schema.json` describes it. */
export type Statement = {
  readonly _type: typeof statementType;
  readonly subject: readonly [Subject];
  readonly predicateType: typeof predicateType;
  readonly predicate: TestResult;
};

export type Subject = {
  readonly name: string;
  readonly digest: { readonly sha256: string; readonly dirHash: string };
  /** How model-signing is told to make `sha256`. */
  readonly annotations: {
    readonly model_signing: {
      readonly method: 'files';
      readonly hash_type: 'sha256';
      readonly allow_symlinks: boolean;
      readonly ignore_paths: readonly string[];
    };
  };
};
