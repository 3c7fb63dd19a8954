import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { pixelsOf } from '../harness/images/pixels.js';
import { patterns } from '../harness/verdict/batch.js';
import { checks } from '../suites/all.js';
import { caseOf, hostileCase } from './fixtures/python-cases.js';
import { batchCall, pixelsCode } from './python/pixels.js';
import { proofs, unshowable } from './python/proofs.js';
import { python } from './python.js';

const interpreter = process.env.ASSAY_PYTHON ?? 'python3';
const hasPython = succeeds('import ast');
const hasNumpy = hasPython && succeeds('import numpy');
if (!hasNumpy)
  console.warn(`Skipped: ${interpreter} has no NumPy. Install it, or name another Python in ASSAY_PYTHON.`);

test('every check is shown in Python, or said why it cannot be', () => {
  const known = new Set([...Object.keys(proofs), ...Object.keys(unshowable)]);
  expect(checks.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
});

test('what cannot be shown is said', () => {
  expect(python(caseOf('input/color-range'))).toMatchObject({ kind: 'none' });
});

describe.skipIf(!hasPython)('as Python reads it', () => {
  test('the script for every check is sound', () => {
    const ids = [...Object.keys(proofs), 'some/other-check'];
    expect(faultsIn(ids.map((id) => textOf(python(caseOf(id)))))).toEqual(ids.map(() => null));
  });

  test('whatever a model is called, it stays a comment or a text', () => {
    const text = textOf(python(hostileCase()));
    expect(faultsIn([text])).toEqual([null]);
    expect(text).not.toMatch(/\p{Cf}|\p{Cs}|[^\P{Cc}\n]/u);
  });
});

test.skipIf(!hasNumpy)('images made in Python have the same values as here', () => {
  const batches = patterns.map((pattern) => {
    return { count: 3, height: 9, width: 14, pattern, seed: 2_000_000_011, rows: [0, 1, 107] };
  });
  const script = `import sys, numpy as np
${pixelsCode(patterns, { kind: 'range', min: 0, max: 1 })}
images = np.stack([${batches.map(batchCall).join(', ')}])
sys.stdout.buffer.write(images.astype('<f4').tobytes())`;
  const bytes = execFileSync(interpreter, ['-c', script]);
  const values = new Float32Array(Uint8Array.from(bytes).buffer);
  for (const [at, batch] of batches.entries()) {
    const expected = pixelsOf(batch);
    expect(values.subarray(at * expected.length, (at + 1) * expected.length), batch.pattern).toEqual(
      expected,
    );
  }
});

function succeeds(code: string): boolean {
  return spawnSync(interpreter, ['-c', code]).status === 0;
}

/** What Python has against each of several scripts, without running them; null for nothing. */
function faultsIn(texts: readonly string[]): unknown {
  const reader = `import ast, json, sys
def fault(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return f"{error}: {text}"
print(json.dumps([fault(text) for text in json.load(sys.stdin)]))`;
  return JSON.parse(
    execFileSync(interpreter, ['-c', reader], { input: JSON.stringify(texts), encoding: 'utf8' }),
  );
}

function textOf(script: ReturnType<typeof python>): string {
  return script.kind === 'script' ? script.text : script.why;
}
