import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pixelsOf } from '../harness/images/pixels.js';
import { firstStranger, patterns } from '../harness/verdict/batch.js';
import { checks } from '../suites/all.js';
import { caseOf, hostileCase } from './fixtures/python-cases.js';
import { batchCall, pixelsCode } from './python/pixels.js';
import { proofs, unshowable } from './python/proofs/proofs.js';
import { noPython, python } from './python.js';

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

describe('dropout', () => {
  const found = (args: Readonly<Record<string, number | boolean>>, recurs = true) => {
    const one = caseOf('dropout/no-mask-in-graph');
    const finding = { where: 'output', expected: 'e', actual: 'a', arguments: args };
    const evidence = { masks: [{ call: 'images alone', changes: 'units', path: [], recurs }] };
    return python({ ...one, trainingArgument: false, check: { ...one.check, finding, evidence } });
  };

  test('is shown by the call that drops', () => {
    expect(textOf(found({}))).toContain('for arguments in [dict()]:');
    expect(textOf(found({ training: true }))).toContain('for arguments in [dict(training=True)]:');
  });

  test('noise, of which no value returns, is shown by no call', () => {
    expect(found({}, false)).toMatchObject({ kind: 'none', why: expect.stringContaining('noise') });
    expect(found({}, true)).toMatchObject({ kind: 'script' });
  });
});

test('functions are looked for where the call is', () => {
  const one = caseOf('variables/listed');
  expect(textOf(python(one))).toContain('getattr(method, "concrete_functions", [method])');
  const endpoint = { kind: 'signature', name: 'serving', output: 'logits' } as const;
  expect(textOf(python({ ...one, endpoint }))).toContain('return [model.signatures["serving"]]');
});

test('scores in training are shown in training', () => {
  const one = caseOf('classification/linear-scores');
  const finding = { where: 'scores', expected: 'e', actual: 'a', arguments: { training: true } };
  const text = textOf(python({ ...one, check: { ...one.check, finding } }));
  expect(text).toContain('scores = np.float64(call(images, training=True))');
});

test('images in a black frame are compared with a black one', () => {
  const one = caseOf('output/depends-on-image');
  const batch = { count: 4, height: 16, width: 16, pattern: 'framed', seed: 5 } as const;
  const finding = { where: 'output rows', expected: 'e', actual: 'a', batch };
  const text = textOf(python({ ...one, check: { ...one.check, finding } }));
  expect(text).toContain('call(batch(black, range(1), 16, 16, seed=5))');
  expect(text).toContain('def black(');
});

describe.skipIf(!hasNumpy)('a script that could not look ends with 2 and a sentence', () => {
  const modules = mkdtempSync(path.join(tmpdir(), 'assay-python-'));
  writeFileSync(path.join(modules, 'tensorflow.py'), '');
  writeFileSync(path.join(modules, 'tensorflow_hub.py'), 'def load(path):\n    raise OSError("damaged")\n');
  const run = (text: string, model: string) =>
    spawnSync(interpreter, ['-', model], {
      input: text,
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: modules },
    });

  test.each([
    ['/nowhere', 'There is no folder /nowhere'],
    [modules, 'The model could not be loaded: OSError: damaged'],
  ])('%s', (model, says) => {
    const { status, stdout, stderr } = run(textOf(python(caseOf('output/shape'))), model);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(stdout).toContain(says);
  });

  test('a model that ought to load, and does not, is what is to be shown', () => {
    const text = textOf(python(caseOf('signature/root-call')));
    expect(run(text, modules)).toMatchObject({ status: 1 });
    expect(run(text, '/nowhere')).toMatchObject({ status: 2 });
  });
});

test.skipIf(!hasPython)('where there is no script, what is left says so and shows nothing', () => {
  const why = 'No script: "\'\n::error::\u202e';
  const base = spawnSync(interpreter, ['-'], { input: noPython(why), encoding: 'utf8' });
  expect(base).toMatchObject({ status: 2, stdout: `${why}\n` });
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
  const everyVariant = Array.from({ length: 25 }, (_, image) => image);
  const everyStranger = Array.from({ length: 8 }, (_, image) => firstStranger + image);
  const rows = [...everyVariant, 107, ...everyStranger];
  const batches = patterns.map((pattern) => {
    return { count: rows.length, height: 9, width: 14, pattern, seed: 2_000_000_011, rows };
  });
  const script = `import sys, numpy as np
${pixelsCode([...patterns, 'stranger'], { kind: 'range', min: 0, max: 1 })}
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
