import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Plugin } from 'vite';
import { readSpec } from '../harness/contract/parse.js';
import { renderProblem } from '../harness/contract/problem/render.js';
import { specPlugin } from '../harness/run/plugin.js';
import type { RegisteredSpec } from '../harness/run/register.js';
import { bundled } from './bundled.js';

export type AssayOptions = {
  /** The same seed makes the same images; left out, each run draws its own. */
  readonly seed?: number;
  /** A failed SHOULD fails its test. */
  readonly strict?: boolean;
  /** Also run models that fail a safety check. */
  readonly allowUnsafe?: boolean;
};

/**
 * Turns specs into test modules: one test per check. For `vitest.config`:
 * `{ plugins: [assay()], test: { include: ['specs/*.yaml'] } }`.
 */
export function assay({ seed, strict = false, allowUnsafe = false }: AssayOptions = {}): Plugin {
  const options = {
    seed: seed ?? randomInt(2 ** 31),
    strict,
    allowUnsafe,
    today: new Date().toISOString().slice(0, 10),
    workFolder: passingFolder(),
  };
  return specPlugin({ specAt, modules: bundled.modules, runOptions: () => options });
}

async function specAt(file: string): Promise<RegisteredSpec | undefined> {
  if (!/\.ya?ml$/.test(file)) return undefined;
  const parsed = await readSpec(file, { checkIds: bundled.checks.map(({ id }) => id) });
  if (parsed.kind === 'contract') return { kind: 'contract', contract: parsed.contract };
  const problems = parsed.problems.map((problem) => renderProblem(problem, { color: false }));
  return { kind: 'unreadable', message: problems.join('\n\n') };
}

/** A folder that is gone when vitest ends. */
function passingFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
