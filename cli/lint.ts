import path from 'node:path';
import { allChecks, runsInCi } from '../api/plan.js';
import { findSpecs } from '../harness/run/find-specs.js';
import { contractsOf, type ReadSpec, readSpecs } from '../harness/run/read-specs.js';
import { plural } from '../harness/verdict/plural.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { showProblems } from './show-problems.js';

export type LintFlags = {
  /** A value that is marked `confirm` counts as a failure. */
  readonly strict?: boolean;
  /** Modules with further checks, whose ids waivers may name. */
  readonly checks?: readonly string[];
};

/**
 * `assay lint`: reads specs, and no model that they name. Returns 0 when all can be read, 1 when a value is yet to be confirmed and
 * the run is strict, 2 when a spec has mistakes.
 */
export async function lint(patterns: readonly string[], { strict, checks }: LintFlags, io: Io) {
  try {
    const checkIds = (await allChecks(checks)).map(({ id }) => id);
    const confine = runsInCi();
    const files = await findSpecs(patterns, process.cwd(), !confine);
    const specs = await readSpecs(files, { checkIds, confine, checkFiles: false });
    showProblems(specs, io);
    const marks = unconfirmed(specs);
    io.stdout.write(marks.join(''));
    const broken = specs.length - contractsOf(specs).length;
    io.stdout.write(
      `${plural(specs.length, 'spec')}: ${broken} with mistakes; ${plural(marks.length, 'value')} to confirm\n`,
    );
    if (broken > 0) return 2;
    return strict && marks.length > 0 ? 1 : 0;
  } catch (error) {
    return refuse(error, io);
  }
}

/** A line for each value that is marked `confirm`. */
function unconfirmed(specs: readonly ReadSpec[]): string[] {
  return contractsOf(specs).flatMap(({ specPath, unconfirmed }) =>
    unconfirmed.map(({ line, text }) => `${visible(`${path.relative('', specPath)}:${line}: ${text}`)}\n`),
  );
}
