import path from 'node:path';
import { runsInCi } from '../api/plan.js';
import type { Contract } from '../harness/contract/contract.js';
import { type ParsedSpec, readSpec } from '../harness/contract/parsing/parse.js';
import { problemsInWords } from '../harness/contract/problem/problem.js';
import { plural } from '../harness/verdict/plural.js';
import { shellWord } from '../harness/verdict/shell-word.js';
import { UserError } from '../harness/verdict/user-error.js';

export type ReadingOptions = {
  /** Whether files may only be read in the repository of the spec; default: in CI. */
  readonly confine?: boolean | undefined;
  /** Whether the files that the spec names must be there; default: true. */
  readonly checkFiles?: boolean;
};

/** The contract in a spec file. @throws UserError with the mistakes of the spec */
export async function contractIn(
  spec: string,
  { confine = runsInCi(), checkFiles = true }: ReadingOptions = {},
): Promise<Contract> {
  return contractOf(await readSpec(path.resolve(spec), { checkFiles, confine }), spec);
}

/** The contract of a spec that was read. @throws UserError with its mistakes */
export function contractOf(parsed: ParsedSpec, spec: string): Contract {
  if (parsed.kind === 'contract') return parsed.contract;
  const [first, ...more] = parsed.problems;
  const [told = ''] = problemsInWords(parsed.problems, spec);
  if (first?.hint !== undefined && more.length === 0)
    throw new UserError(`${told}.`, `${first.hint.charAt(0).toUpperCase()}${first.hint.slice(1)}.`);
  const others = more.length === 0 ? '' : `, and ${plural(more.length, 'more mistake')}`;
  throw new UserError(
    `${told}${others}.`,
    `\`assay check ${shellWord(spec)}\` shows each mistake in its line.`,
  );
}
