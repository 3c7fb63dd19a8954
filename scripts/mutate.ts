import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Flips one comparison in each of some checks and runs the unit test beside it: a test that still passes does not look
 * at the condition. `npm run mutate` takes ten checks; `npm run mutate -- output/shape` those that are named.
 */
const usual = [
  'layout/channels-last',
  'inference/is-the-default',
  'inference/no-side-effects',
  'input/color-range',
  'input/size-edge',
  'output/finite',
  'output/shape',
  'signature/only-images-required',
  'training/leaves-weights-alone',
  'variables/trainable-listed',
];

const flips: readonly (readonly [RegExp, string])[] = [
  [/ !== /, ' === '],
  [/ === /, ' !== '],
  [/ > /, ' <= '],
  [/ < /, ' >= '],
  [/if \(!/, 'if ('],
  [/\(!/, '('],
];

const root = fileURLToPath(new URL('../../', import.meta.url));

function main(ids: readonly string[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-mutate-'));
  try {
    for (const name of [
      'dist',
      'vitest.config.ts',
      'package.json',
      'specs',
      'docs',
      'suites',
      'models-under-test',
    ])
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const unnoticed = ids.filter((id) => !noticed(folder, id));
    process.stdout.write(
      `${ids.length - unnoticed.length} of ${ids.length} flipped comparisons were noticed\n`,
    );
    process.exitCode = unnoticed.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the check's unit test fails once its first comparison behind its data is flipped. */
function noticed(folder: string, id: string): boolean {
  const file = path.join(folder, 'dist', 'suites', `${id}.js`);
  const text = readFileSync(file, 'utf8');
  const mutant = flipped(text);
  if (mutant === undefined) {
    process.stdout.write(`✗ ${id}: there is no comparison to flip\n`);
    return false;
  }
  writeFileSync(file, mutant.text);
  const test = `dist/suites/${id}.test.js`;
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', test], { cwd: folder });
  writeFileSync(file, text);
  process.stdout.write(`${status === 0 ? '✗' : '✓'} ${id}: ${mutant.line}\n`);
  return status !== 0;
}

/** Text of messages stays: only what follows the explanation is code. */
function flipped(text: string): { readonly text: string; readonly line: string } | undefined {
  const start = Math.max(0, text.search(/^ {4}applies[:(]/m));
  const lines = text.split('\n');
  const first = text.slice(0, start).split('\n').length - 1;
  for (const [at, line] of lines.entries()) {
    const flip =
      at >= first && !/^\s*(\/\/|\*|\/\*)/.test(line) ? flips.find(([from]) => from.test(line)) : undefined;
    if (flip === undefined) continue;
    const [from, to] = flip;
    lines[at] = line.replace(from, to);
    return { text: lines.join('\n'), line: line.trim() };
  }
  return undefined;
}

const named = process.argv.slice(2);
main(named.length > 0 ? named : usual);
