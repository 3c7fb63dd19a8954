import type { Reporter } from 'vitest/node';
import type { CheckResult } from '../verdict/run.js';
import type { Progress } from './progress.js';
import type { CheckMeta } from './register.js';

/** What the workers reported for one spec. */
export type Collected = {
  readonly results: Map<string, CheckResult>;
  digest: string;
  callMs: number;
  startedMs?: number;
  endedMs?: number;
  /** Errors outside any check: a module that could not be loaded, a worker that died. */
  readonly errors: string[];
};

/** The used parts of vitest's modules and tests. */
type Module = { readonly moduleId: string; errors(): readonly { readonly message: string }[] };
type Test = { readonly name: string; readonly module: Module; meta(): { readonly check?: CheckMeta } };

/** A vitest reporter that keeps the result of each check, by spec file. */
export class Collector implements Reporter {
  readonly #collected = new Map<string, Collected>();
  readonly #onProgress: (progress: Progress) => void;

  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress;
  }

  of(spec: string): Collected {
    const known = this.#collected.get(spec) ?? { results: new Map(), digest: '', callMs: 0, errors: [] };
    this.#collected.set(spec, known);
    return known;
  }

  onTestModuleStart(module: Module): void {
    this.of(module.moduleId).startedMs = performance.now();
  }

  onTestCaseReady(test: Test): void {
    this.#onProgress({ kind: 'check-started', spec: test.module.moduleId, check: test.name });
  }

  onTestCaseResult(test: Test): void {
    const spec = test.module.moduleId;
    const meta = test.meta().check;
    if (!meta) return;
    const { result, digest, callMs, outputs } = meta;
    if (meta.spec !== spec) {
      this.of(spec).errors.push(`Another spec was run in its place: ${meta.spec}.`);
      return;
    }
    // vitest keeps what it is given to the end.
    delete meta.outputs;
    const collected = Object.assign(this.of(spec), { digest, callMs });
    collected.results.set(result.id, result);
    this.#onProgress({ kind: 'check-decided', spec, result, ...(outputs ? { outputs } : {}) });
  }

  onTestModuleEnd(module: Module): void {
    const collected = this.of(module.moduleId);
    collected.endedMs = performance.now();
    collected.errors.push(...module.errors().map((error) => error.message));
    this.#onProgress({ kind: 'spec-ended', spec: module.moduleId });
  }
}
