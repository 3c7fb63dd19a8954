import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readSpec } from '../harness/contract/parsing/parse.js';
import { renderProblem } from '../harness/contract/problem/render.js';
import { passingWorkFolder } from '../harness/engine/work-folder.js';
import { type CheckModule, checksIn } from '../harness/run/check-module.js';
import { withOwnChecks } from '../harness/run/own-checks.js';
import { type SpecPlugin, specPlugin } from '../harness/run/plugin.js';
import type { RegisteredSpec } from '../harness/run/register.js';
import { bundled } from './bundled.js';
import { expectOptions, flag, seed as seedKind, texts } from './expect-options.js';

export type AssayOptions = {
  /** The same seed makes the same images. Default: a new one for each run. */
  readonly seed?: number;
  /** A failed SHOULD fails its test. */
  readonly strict?: boolean;
  /** Also run models that fail a safety check. */
  readonly allowUnsafe?: boolean;
  /** Modules with further checks: files, relative to vitest's root, or packages. */
  readonly checks?: readonly string[];
};

/** For the `plugins` of vitest 3 and later. */
export type VitestPlugin = SpecPlugin;

/**
 * Turns specs into test modules: one test per check. For `vitest.config`:
 * `{ plugins: [assay()], test: { include: ['specs/*.yaml'] } }`. @throws UserError for an option that it does not have
 */
export function assay(given: AssayOptions = {}): VitestPlugin {
  expectOptions(given, kinds, 'assay()');
  const { seed = randomInt(2 ** 31), strict = false, allowUnsafe = false, checks = [] } = given;
  const options = {
    seed,
    replayOptions: replayOptions(seed, allowUnsafe, checks),
    strict,
    allowUnsafe,
    today: new Date().toISOString().slice(0, 10),
    workFolder: passingWorkFolder(),
  };
  let loading: Promise<readonly CheckModule[]> | undefined;
  return specPlugin(isSpec, async (file, root) => {
    loading ??= withOwnChecks(bundled, checks, [root]);
    const modules = await loading;
    return { spec: await specAt(file, modules), modules: modules.map((one) => one.file), options };
  });
}

const kinds = { seed: seedKind, strict: flag, allowUnsafe: flag, checks: texts } satisfies {
  readonly [Key in keyof AssayOptions]-?: unknown;
};

function isSpec(file: string): boolean {
  return /\.ya?ml$/.test(file) && existsSync(file);
}

async function specAt(file: string, modules: readonly CheckModule[]): Promise<RegisteredSpec> {
  const parsed = await readSpec(file, { checkIds: checksIn(modules).map(({ id }) => id) });
  if (parsed.kind === 'contract') return { kind: 'contract', contract: parsed.contract };
  const problems = parsed.problems.map((problem) => renderProblem(problem, { color: false }));
  return { kind: 'unreadable', message: problems.join('\n\n') };
}

function replayOptions(seed: number, allowUnsafe: boolean, checks: readonly string[]): readonly string[] {
  const own = checks.length > 0 ? ['--checks', ...checks] : [];
  return ['--seed', `${seed}`, ...(allowUnsafe ? ['--allow-unsafe'] : []), ...own];
}
