import path from 'node:path';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Progress } from '../harness/run/progress.js';
import { plural } from '../harness/verdict/plural.js';
import type { CheckResult } from '../harness/verdict/run.js';
import { verdictOf, worst } from '../harness/verdict/verdict.js';
import { isFault, outcomeOf, tally, tallyInWords, verdictLabels } from '../reports/wording/outcome.js';
import { shortened, visible } from '../reports/wording/visible.js';

export type LiveProgress = { readonly show: (progress: Progress) => void; readonly end: () => void };

/** Progress of a run: on a terminal, a bar for each running model; elsewhere, a line for each finished one. */
export function liveProgress(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  specs: readonly string[],
  selection: Selection,
): LiveProgress {
  return stream.isTTY && !process.env.CI
    ? bars(stream, selection.checks)
    : lines(stream, specs.length, selection);
}

/** How many checks of each spec, and whether strictly. */
type Selection = { readonly checks: number; readonly strict: boolean };

function lines(stream: NodeJS.WritableStream, specs: number, selection: Selection): LiveProgress {
  const decided = new Map<string, CheckResult[]>();
  let ended = 0;
  const writeLine = (spec: string, counts: string) => {
    ended += 1;
    stream.write(`[${ended}/${specs}] ${nameOf(spec)}: ${counts}\n`);
  };
  const show = (progress: Progress) => {
    const { kind, spec } = progress;
    const results = decided.get(spec) ?? [];
    if (kind === 'check-decided') decided.set(spec, [...results, progress.result]);
    if (kind === 'spec-unreadable') writeLine(spec, 'the spec could not be read');
    if (kind === 'spec-ended') writeLine(spec, outcomeInWords(results, selection));
  };
  return { show, end: () => undefined };
}

/** What needs attention, for example "2 failed, 1 warning"; else "done" or "could not decide". */
function outcomeInWords(results: readonly CheckResult[], { checks, strict }: Selection): string {
  const toLookAt = results.filter((result) => isToLookAt(result, strict));
  const missing = checks - results.length;
  const parts = [
    ...(toLookAt.length > 0 ? [tallyInWords(tally(toLookAt, strict))] : []),
    ...(missing > 0 ? [`${plural(missing, 'check')} without a verdict`] : []),
  ];
  const counts = parts.length > 0 ? [parts.join(', ')] : [];
  const verdict = worst([verdictOf(results, strict), ...(missing > 0 ? (['unknown'] as const) : [])]);
  return verdict === 'unknown' ? [verdictLabels.unknown, ...counts].join(': ') : (counts[0] ?? 'done');
}

function isToLookAt(result: CheckResult, strict: boolean): boolean {
  const outcome = outcomeOf(result, strict);
  return isFault(outcome) || outcome === 'error';
}

const format = '{name}  {bar} {value}/{total}  {check}';

function bars(stream: NodeJS.WritableStream, checks: number): LiveProgress {
  const multi = new MultiBar({
    stream,
    format,
    fps: 10,
    hideCursor: true,
    clearOnComplete: true,
    barsize: 20,
  });
  const running = new Map<string, SingleBar>();
  const show = (progress: Progress) => {
    if (progress.kind === 'spec-unreadable') return;
    const name = nameOf(progress.spec);
    const bar = running.get(progress.spec) ?? multi.create(checks, 0, { name, check: '' });
    running.set(progress.spec, bar);
    if (progress.kind === 'check-started') bar.update({ check: progress.check });
    if (progress.kind === 'check-decided') bar.increment({ check: progress.result.id });
    if (progress.kind !== 'spec-ended') return;
    multi.remove(bar);
    running.delete(progress.spec);
  };
  return { show, end: () => multi.stop() };
}

/** Longest name that leaves room for the outcome. */
const maxNameLength = 80;

/** On one line: a file name can be anything, even a workflow command of GitHub. */
function nameOf(spec: string): string {
  return visible(shortened(path.basename(spec).replace(/\.[^.]*$/, ''), maxNameLength));
}
