import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fakeContract } from '../harness/contract/testing/fake-contract.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import { inProject } from '../proof/project.js';
import { noDangerousOps } from '../suites/safety/no-dangerous-ops.js';

// `pip install 'modelscan[tensorflow]'`; without TensorFlow it looks into no SavedModel.
const installed = spawnSync('modelscan', ['--version']).status === 0;

type Issue = { readonly source: string; readonly severity: string; readonly operator: string };

test.skipIf(!installed)(
  'what modelscan flags in the bundled models, assay does not pass',
  { timeout: 120_000 },
  async () => {
    const issues = scanned(inProject('models-under-test'));
    expect(issues.length).toBeGreaterThan(8);
    for (const { source, severity, operator } of issues) {
      const model = await readSavedModel(inProject('models-under-test', path.dirname(source)));
      // It takes each operation that it does not know for a custom one: modules of JAX, which are looked into here, and the model's own functions.
      if (severity === 'MEDIUM' && (operator === 'XlaCallModule' || isFunction(operator, model.functions)))
        continue;
      expect(statusOf(model), `${source}: ${operator}`).not.toBe('pass');
    }
  },
);

function isFunction(name: string, functions: ReadonlyMap<string, unknown>): boolean {
  return [...functions.keys()].some((one) => one.includes(name));
}

function scanned(folder: string): readonly Issue[] {
  const out = mkdtempSync(path.join(tmpdir(), 'assay-modelscan-'));
  const report = path.join(out, 'report.json');
  // Its exit code is 1 where it finds something.
  spawnSync('modelscan', ['-p', folder, '-r', 'json', '-o', report], { stdio: 'ignore' });
  const { issues } = JSON.parse(readFileSync(report, 'utf8')) as { issues: readonly Issue[] };
  rmSync(out, { recursive: true });
  return issues;
}

function statusOf(model: Awaited<ReturnType<typeof readSavedModel>>): string {
  if (noDangerousOps.kind !== 'reading') throw new Error('It reads.');
  try {
    return noDangerousOps.read(model, fakeContract()).status;
  } catch {
    return 'undecided';
  }
}
