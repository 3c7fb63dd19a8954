import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Run } from '../harness/verdict/run.js';
import { specOfModel } from '../proof/material.js';
import { inProject } from '../proof/project.js';

/** What became of changed models that Python loads or refuses. */
export type Compared = {
  readonly base: string;
  readonly inputs: number;
  /** By Python. */
  readonly refused: number;
  /** Those of them that conform here, which must not be: what was changed, and what Python says. */
  readonly conforming: readonly string[];
};

/** Models that are changed: features, a classifier, and one with a hyperparameter. */
export const comparedModels = ['tiny-features', 'tiny-classifier', 'rate-of-none'];

/** Whether an interpreter has TensorFlow. */
export function hasTensorflow(python: string): boolean {
  return spawnSync(python, ['-c', 'import tensorflow'], { stdio: 'ignore' }).status === 0;
}

/** Changes a model at random, so many times; what `tf.saved_model.load` refuses must not conform. Folders are kept in `out`. */
export function compareWithPython(
  python: string,
  base: string,
  inputs: number,
  seed: number,
  out: string,
): Compared {
  const folder = path.join(out, base);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const script = inProject('torture', 'refused_by_python.py');
  const model = inProject('models-under-test', base);
  run(python, [script, model, specOfModel(base), folder, String(inputs), String(seed)], [0]);
  const all = loggedIn(path.join(folder, 'log.jsonl'));
  const refused = all.filter(({ refusal }) => refusal !== null);
  const conforming = refused.length === 0 ? [] : conformingIn(folder);
  return {
    base,
    inputs: all.length,
    refused: refused.length,
    conforming: refused
      .filter(({ name }) => conforming.includes(name))
      .map(({ name, change, refusal }) => `${path.join(folder, name)}: ${change}; Python: ${refusal}`),
  };
}

type Logged = { readonly name: string; readonly change: string; readonly refusal: string | null };

function loggedIn(file: string): Logged[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Logged);
}

/** Names of the models in a folder that conform to their specs. */
function conformingIn(folder: string): string[] {
  const reports = path.join(folder, 'report');
  const check = ['check', path.join(folder, 'specs'), '--report', 'json', '--out', reports, '--seed', '1'];
  run(process.execPath, [inProject('dist/bundle/cli.js'), ...check], [0, 1, 2]);
  const { models } = JSON.parse(readFileSync(path.join(reports, 'run.json'), 'utf8')) as Run;
  return models
    .filter(({ verdict }) => verdict === 'conforms')
    .map(({ spec }) => path.basename(spec, '.yaml'));
}

function run(program: string, args: readonly string[], expected: readonly number[]): void {
  const { status, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === null || !expected.includes(status))
    throw new Error(`${program} ended with ${status}: ${stderr.slice(-1000)}`);
}
