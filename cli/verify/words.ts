import type { StoredStatement } from '../../harness/store/stored-statement.js';
import type { Run } from '../../harness/verdict/run.js';
import type { Agreement, AgreementKind } from '../../harness/verdict/statement/agreement.js';
import type { Statement } from '../../harness/verdict/statement/statement.js';
import { clipped, visible } from '../../reports/wording/visible.js';
import { stateInWords } from '../attest/words.js';
import type { Difference } from './differences.js';

/** What is claimed, and by whom that is not known. */
export function claimText(file: string, { statement, signatures }: StoredStatement): string {
  const by =
    signatures === undefined
      ? 'It is unsigned: anybody can have written it.'
      : `It has ${signatures} signature${signatures === 1 ? '' : 's'}, which assay does not verify; docs/attest.md shows what does.`;
  return `${visible(file)}\n${stateInWords(statement)}  ${by}\n`;
}

export function differencesText(differences: readonly Difference[]): string {
  const lines = differences.flatMap(({ what, stated, now, why }) => [
    `  ✗ ${what}`,
    `      stated  ${stated}`,
    `      now     ${now}`,
    ...(why === undefined ? [] : [`      ${why}`]),
  ]);
  const end = '✗ The statement is on other files; nothing was run';
  return `${[...lines.map((line) => visible(line)), '', end].join('\n')}\n`;
}

/** Undefined where the spec was not compared. */
export function sameText(model: string, spec: string | undefined): string {
  const what = spec === undefined ? `${model} is the model` : `${model} and ${spec} are the model and spec`;
  const rest = spec === undefined ? '; neither the spec nor any result was verified' : '';
  return `  ✓ ${visible(what)} of the statement${rest}\n`;
}

export type Verified = {
  /** Show also what agrees, and what neither run tested. */
  readonly verbose: boolean;
  readonly run: Run;
  readonly stated: Statement;
  readonly code: 0 | 1 | 2;
};

/** Test by test, with the worst last, where a terminal shows it. */
export function agreementsText(
  agreements: readonly Agreement[],
  { run, stated, code, verbose }: Verified,
): string {
  const shown = agreements.filter((one) => verbose || isWorthReading(one));
  const lines = order.flatMap((kind) => shown.filter((one) => one.kind === kind)).map(lineOf);
  const counts = counted.flatMap((kind) => {
    const count = agreements.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${inWords[kind]}`];
  });
  return [
    ...(lines.length > 0 ? ['', ...lines] : []),
    '',
    ends[code],
    `  ${counts.join(', ')}`,
    `  ${how(run.seed, run.environment.tensorflow, run.tool.version)}`,
    `  stated of ${statedHow(stated)}`,
    '',
  ].join('\n');
}

const counted: readonly AgreementKind[] = ['contradicts', 'undecided', 'agrees', 'not rerun', 'not stated'];
const order: readonly AgreementKind[] = ['agrees', 'not stated', 'not rerun', 'undecided', 'contradicts'];

const inWords: Readonly<Record<AgreementKind, string>> = {
  agrees: 'agree',
  'not stated': 'not stated',
  'not rerun': 'not rerun',
  undecided: 'undecided now',
  contradicts: 'contradict',
};

const marks: Readonly<Record<AgreementKind, string>> = {
  agrees: '✓',
  'not stated': '-',
  'not rerun': '-',
  undecided: '?',
  contradicts: '✗',
};

const ends = {
  0: '✓ All that was rerun agrees with the statement',
  1: '✗ The statement is contradicted',
  2: '? It could not be decided whether the statement holds',
} as const;

function isWorthReading({ kind, stated }: Agreement): boolean {
  return kind !== 'agrees' && (kind !== 'not rerun' || stated !== 'not tested');
}

function lineOf({ test, kind, stated, now, summary }: Agreement): string {
  const start = `  ${marks[kind]} ${visible(test)}  stated ${stated ?? 'nothing'}`;
  if (kind === 'agrees') return `  ${marks[kind]} ${visible(test)}  ${now}`;
  return now === undefined
    ? `${start}, not rerun`
    : `${start}, now ${now}: ${visible(clipped(summary ?? '', 300))}`;
}

function how(seed: number, tensorflow: string, assay: string): string {
  return visible(`seed ${seed}; model-assay ${assay}, TensorFlow ${tensorflow}`);
}

function statedHow({ predicate: { model_assay: assay } }: Statement): string {
  return how(assay.seed, assay.environment.tensorflow, assay.environment.assay);
}
