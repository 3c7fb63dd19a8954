import path from 'node:path';
import type { Check } from '../check/check.js';
import type { CheckResult } from '../verdict/run.js';
import { shellWord } from '../verdict/shell-word.js';

/** A case as plain vitest runs it, for the command that runs it again. */
export type PlainCase = {
  /** Absolute. */
  readonly specPath: string;
  /** Options with which `assay check` makes the same cases. */
  readonly replayOptions?: readonly string[];
};

/** A failed check for a report that is not ours: what is broken, its remedy, and commands that replay and explain it. */
export function failureInWords(check: Check, result: CheckResult, plain: PlainCase): string {
  const { finding } = result;
  const spec = path.relative(process.cwd(), plain.specPath);
  const replay = ['npx', 'assay', 'check', spec, '--only', check.id, ...(plain.replayOptions ?? [])];
  return [
    result.demands,
    result.summary,
    `remedy: ${finding?.remedy ?? check.explain.fix}`,
    `replay: ${replay.map(shellWord).join(' ')}`,
    `more:   npx assay explain ${shellWord(check.id)}`,
  ].join('\n');
}
