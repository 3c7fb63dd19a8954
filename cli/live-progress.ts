import path from 'node:path';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Progress } from '../harness/run/progress.js';
import type { CheckResult } from '../harness/verdict/run.js';
import { outcomeOf, tally, tallyInWords } from '../reports/outcome.js';

export type LiveProgress = { readonly show: (progress: Progress) => void; readonly end: () => void };

/** How a run goes on: a bar for each model that is running on a terminal, a line for each that has ended elsewhere. */
export function liveProgress(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  specs: readonly string[],
  { checks, strict }: { readonly checks: number; readonly strict: boolean },
): LiveProgress {
  return stream.isTTY && !process.env.CI ? bars(stream, checks) : lines(stream, specs.length, strict);
}

function isToLookAt(result: CheckResult, strict: boolean): boolean {
  return ['fail', 'error', 'warning'].includes(outcomeOf(result, strict));
}

function lines(stream: NodeJS.WritableStream, specs: number, strict: boolean): LiveProgress {
  const toLookAt = new Map<string, CheckResult[]>();
  let ended = 0;
  const show = (progress: Progress) => {
    if (progress.kind === 'check-decided' && isToLookAt(progress.result, strict))
      toLookAt.set(progress.spec, [...(toLookAt.get(progress.spec) ?? []), progress.result]);
    if (progress.kind !== 'spec-ended') return;
    ended += 1;
    const found = toLookAt.get(progress.spec);
    const told = found ? tallyInWords(tally(found, strict)) : 'done';
    stream.write(`[${ended}/${specs}] ${nameOf(progress.spec)}: ${told}\n`);
  };
  return { show, end: () => undefined };
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

function nameOf(spec: string): string {
  return path.basename(spec).replace(/\.[^.]*$/, '');
}
