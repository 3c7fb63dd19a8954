import { fingerprintOf } from '../../verdict/fingerprint.js';
import type { CheckResult, Finding } from '../../verdict/run.js';
import { shellWord } from '../../verdict/shell-word.js';
import type { NewTolerance } from './within.js';

export type Judging = {
  readonly tolerance: NewTolerance;
  /** That of run.json, in which the outputs of findings are. */
  readonly folder: string;
  /** Of the model that is judged. */
  readonly spec: string;
};

export function withFinding(check: CheckResult, found: Finding): CheckResult {
  const { where, expected, actual } = found;
  const fingerprint = fingerprintOf({ id: check.id, finding: found });
  const finding = { ...found, ...(fingerprint === undefined ? {} : { fingerprint }) };
  return { ...check, summary: `${where}: expected ${expected}, got ${actual}`, finding };
}

/** The reason comes with the command that finds out. */
export function undecided(check: CheckResult, why: string, { spec, tolerance }: Judging): CheckResult {
  const { absolute, relative } = tolerance;
  const keys = `absolute: ${absolute}${relative === 0 ? '' : `, relative: ${relative}`}`;
  const command = `assay check ${shellWord(spec)} --only ${shellWord(check.id)}`;
  const reason = `${why} To find out: \`${command}\`, with \`tolerance: { ${keys} }\` in the spec.`;
  const { finding: _finding, ...rest } = check;
  return { ...rest, status: 'error', summary: reason, reason };
}
