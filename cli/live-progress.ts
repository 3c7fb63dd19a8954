import path from 'node:path';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Progress } from '../harness/run/progress.js';

export type LiveProgress = { readonly show: (progress: Progress) => void; readonly end: () => void };

/** How a run goes on: a bar for each model that is running on a terminal, a line for each that has ended elsewhere. */
export function liveProgress(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  specs: readonly string[],
  checks: number,
): LiveProgress {
  return stream.isTTY && !process.env.CI ? bars(stream, checks) : lines(stream, specs.length);
}

function lines(stream: NodeJS.WritableStream, specs: number): LiveProgress {
  const failed = new Map<string, number>();
  let ended = 0;
  const show = (progress: Progress) => {
    if (progress.kind === 'check-decided' && progress.result.status === 'fail') {
      failed.set(progress.spec, (failed.get(progress.spec) ?? 0) + 1);
    }
    if (progress.kind !== 'spec-ended') return;
    ended += 1;
    const broken = failed.get(progress.spec);
    stream.write(`[${ended}/${specs}] ${nameOf(progress.spec)}: ${broken ? `${broken} failed` : 'done'}\n`);
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
