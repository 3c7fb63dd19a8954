import { exportOf } from '../proof/material.js';
import { table } from '../reports/markdown/table.js';
import type { Recording } from './recording.js';
import type { Timing } from './ways.js';

/** What was measured on one model. */
export type Benched = {
  readonly name: string;
  readonly spec: string;
  readonly recording: Recording;
  readonly ways: readonly { readonly way: string; readonly times: readonly Timing[] }[];
};

/** The measurements as a page of Markdown. */
export function page(benched: readonly Benched[], machine: string): string {
  const repeats = Math.max(0, ...benched.flatMap(({ ways }) => ways.map(({ times }) => times.length)));
  const command = `    npm run bench -- --python python3 --repeats ${repeats} --specs ${benched.map(({ spec }) => spec).join(' ')}`;
  const blocks = [
    '# Performance',
    '<!-- Written by npm run bench. -->',
    'All calls that the checks of a model make at one seed are made again in other ways. In Python, as people write it, and through concrete functions, which trace no new shape. In a loop around one session, which is the least that one process can take. Each way is timed as a whole program, in turn with the others; the median is given, with the least and the most. The check of the layout makes no call: it shows what the start of the program takes.',
    ...benched.flatMap(section),
    '## Reproduce it',
    [...benched.flatMap(({ spec }) => exported(spec)), command].join('\n'),
    `This page: ${machine}. Other work on the machine changes the times, and their ratios less.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** How a model is written that is not kept. */
function exported(spec: string): string[] {
  const [, name] = /models-under-test\/on-demand\/(.*)\.yaml$/.exec(spec) ?? [];
  return name === undefined ? [] : [`    ${exportOf(name)}`];
}

function section({ name, recording, ways }: Benched): string[] {
  const shapes = new Set(recording.calls.map(({ count, height, width }) => `${count} ${height} ${width}`));
  const rows = ways.map(({ way, times }) => [
    way,
    spread(times.map(({ wallMs }) => wallMs / 1000)),
    spread(times.map(({ callMs }) => callMs / 1000)),
    `${Math.round(median(times.map(({ peakBytes }) => peakBytes)) / 2 ** 20)}`,
  ]);
  return [
    `## ${name}`,
    `${recording.calls.length} calls at ${shapes.size} shapes.`,
    table(['way', '#in all, s', '#in the calls, s', '#peak memory, MiB'], rows),
    'Where the time of one process goes, without the start of the program:',
    table(['part', '#s'], partsOf(recording)),
  ];
}

function partsOf({ wallMs, loadMs, callMs, otherMs, otherRuns }: Recording): [string, string][] {
  const parts: [string, number][] = [
    ['starting the process and loading the model', loadMs],
    ['calls', callMs],
    [`${otherRuns} other runs of the session: variables, losses, gradients, shapes`, otherMs],
    ['everything else: JavaScript, messages, pixels', wallMs - loadMs - callMs - otherMs],
  ];
  return parts.map(([part, ms]) => [part, (ms / 1000).toFixed(1)]);
}

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
