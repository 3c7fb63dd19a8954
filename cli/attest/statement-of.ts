import path from 'node:path';
import type { SpecFile } from '../../harness/run/spec-digest.js';
import { ignoredPaths } from '../../harness/savedmodel/attested-digests.js';
import type { CheckResult, Run } from '../../harness/verdict/run.js';
import { choiceIn } from '../../harness/verdict/selection.js';
import { resultOf, type Standing, standingOf } from '../../harness/verdict/statement/standing.js';
import {
  type Assay,
  type Because,
  npmAddress,
  predicateType,
  type Reservation,
  type ResourceDescriptor,
  type Statement,
  statementType,
  tensorflowAddress,
} from '../../harness/verdict/statement/statement.js';
import type { Attested } from './attested.js';
import type { Grounds } from './grounds.js';
import { notRun } from './reservations.js';

/** The statement on a model of a stored run. */
export function statementOf(
  attested: Attested,
  reservations: readonly Reservation[],
  grounds: Grounds,
): Statement {
  const { run, model } = attested;
  const idsOf = (...standings: readonly Standing[]) =>
    model.checks.filter((check) => standings.includes(standingOf(check, run.strict))).map(({ id }) => id);
  const tests = {
    passedTests: idsOf('passed'),
    warnedTests: idsOf('warned', 'waived'),
    failedTests: idsOf('failed'),
    model_assay: assayOf(attested, reservations, grounds),
  };
  return {
    _type: statementType,
    subject: [subjectOf(grounds)],
    predicateType,
    predicate: { result: resultOf(tests), configuration: configurationOf(attested, grounds), ...tests },
  };
}

function subjectOf({ contract: { model }, digests, allowSymlinks }: Grounds): Statement['subject'][0] {
  return {
    name: path.basename(model.kind === 'url' ? model.url : model.path),
    digest: { sha256: digests.sha256, dirHash: digests.dirHash },
    annotations: {
      model_signing: {
        method: 'files',
        hash_type: 'sha256',
        allow_symlinks: allowSymlinks,
        ignore_paths: ignoredPaths,
      },
    },
  };
}

function assayOf(attested: Attested, reservations: readonly Reservation[], grounds: Grounds): Assay {
  const { run, model } = attested;
  const { node, os, tensorflow, confinement } = run.environment;
  const choice = choiceIn(run.selection);
  const because = (standing: Standing): Because[] =>
    model.checks
      .filter((check) => standingOf(check, run.strict) === standing)
      .map((check) => ({ test: check.id, reason: reasonOf(check) }));
  return {
    format: 1,
    reservations,
    startedAt: run.startedAt,
    seed: run.seed,
    strict: run.strict,
    specDigest: grounds.specDigest,
    ...(choice ? { selection: choice } : {}),
    undecided: because('undecided'),
    notTested: [
      ...because('not tested'),
      ...notRun(attested).map((test) => ({ test, reason: 'It was not chosen.' })),
    ],
    waivers: because('waived'),
    unconfirmed: grounds.contract.unconfirmed.map(({ text }) => text),
    environment: { assay: run.tool.version, node, os, tensorflow },
    ...(confinement === undefined ? {} : { confinement }),
  };
}

function reasonOf({ reason, summary }: CheckResult): string {
  return reason ?? summary;
}

function configurationOf(
  { run, file, sha256, model }: Attested,
  { specFiles: [spec, ...named] }: Grounds,
): readonly ResourceDescriptor[] {
  return [
    { name: model.spec, digest: { sha256: spec?.sha256 ?? '' } },
    { name: path.basename(file), digest: { sha256 } },
    assayIn(run),
    tensorflowIn(run),
    ...(spec ? namedBy(spec, named) : []),
  ];
}

/** The files that a spec names and that are there, by their paths from it. */
export function namedBy(spec: SpecFile, named: readonly SpecFile[]): readonly ResourceDescriptor[] {
  const beside = path.dirname(spec.file);
  return named.flatMap(({ file, sha256 }) =>
    sha256 === undefined ? [] : [{ name: path.relative(beside, file), digest: { sha256 } }],
  );
}

function assayIn({ tool: { name, version, digest } }: Run): ResourceDescriptor {
  return { name, uri: npmAddress(name, version), ...digested('dirHash', digest) };
}

function tensorflowIn({ environment: { tensorflow, tensorflowDigest } }: Run): ResourceDescriptor {
  return {
    name: 'tensorflow',
    uri: tensorflowAddress(tensorflow),
    ...digested('sha256', tensorflowDigest),
  };
}

/** A digest as run.json has it, with its prefix. */
function digested(algorithm: string, digest: string | undefined): Pick<ResourceDescriptor, 'digest'> {
  return digest === undefined ? {} : { digest: { [algorithm]: digest.replace(/^sha256:/, '') } };
}
