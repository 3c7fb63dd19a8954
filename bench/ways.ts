import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { measured } from './measured.js';

/** One timing of one way to make the calls. */
export type Timing = {
  readonly wallMs: number;
  /** Inside the calls; of several processes, together. */
  readonly callMs: number;
  readonly peakBytes: number;
};

export type Way = { readonly name: string; readonly time: () => Promise<Timing> };

export type Work = {
  readonly spec: string;
  readonly model: string;
  /** The file of the recorded calls. */
  readonly calls: string;
  readonly addon: string;
  readonly seed: number;
  /** A folder for reports. */
  readonly out: string;
  readonly python: string | undefined;
};

/** The ways to make the recorded calls, those in Python only where there is one. */
export function waysFor(work: Work): readonly Way[] {
  const { python, model, calls, addon, spec } = work;
  const inPython = (way: string) =>
    printed(python ?? '', [inProject('bench', 'calls.py'), model, calls, way]);
  const loop = inProject('dist', 'bench', 'bare-loop.js');
  return [
    ...(python === undefined
      ? []
      : [
          { name: 'Python, hub.load(path)(images)', time: () => inPython('naive') },
          { name: 'Python, concrete functions', time: () => inPython('concrete') },
        ]),
    {
      name: 'a bare loop over one session',
      time: () => printed(process.execPath, [loop, addon, spec, calls]),
    },
    { name: 'assay check --processes 1', time: () => checked(work, ['--processes', '1']) },
    { name: 'assay check', time: () => checked(work, []) },
    // From the start of the program to its end: a verdict that needs no call is there before.
    { name: 'assay check --only layout', time: () => checked(work, ['--only', 'layout']) },
  ];
}

/** A program that prints the time inside the calls. */
async function printed(program: string, args: readonly string[]): Promise<Timing> {
  const { wallMs, peakBytes, out } = await measured(program, args);
  const { callMs } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { callMs: number };
  return { wallMs, peakBytes, callMs };
}

async function checked({ spec, seed, out }: Work, options: readonly string[]): Promise<Timing> {
  const how = ['--seed', String(seed), '--no-cache', '--report', 'json', '--out', out];
  const { wallMs, peakBytes } = await measured(process.execPath, [
    inProject('dist/bundle/cli.js'),
    'check',
    spec,
    ...how,
    ...options,
  ]);
  const run: Run = JSON.parse(await readFile(path.join(out, 'run.json'), 'utf8'));
  return { wallMs, peakBytes, callMs: run.models.reduce((sum, { callMs }) => sum + callMs, 0) };
}
