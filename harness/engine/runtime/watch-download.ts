import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';

export type DownloadWatch = {
  /** Aborted with the work's own signal, or with SourceUnavailable when the download stalls. */
  readonly signal: AbortSignal;
  /** Call it with pip's output. */
  readonly hear: (text: string) => void;
  readonly end: () => void;
};

/**
 * Reports pip's progress by its output and by the bytes in the folder that it writes to; stops it after `stallMs`
 * without either.
 */
export function watchDownload(
  folder: string,
  label: string,
  work: StepContext,
  stallMs = 180_000,
): DownloadWatch {
  const stalled = new AbortController();
  let total: number | undefined;
  let seen = 0;
  let lastChange = Date.now();
  const poll = () => {
    const done = bytesIn(folder);
    if (done !== seen) lastChange = Date.now();
    seen = done;
    const capped = total === undefined ? done : Math.min(done, total);
    work.onProgress({ step: 'download', label, done: capped, ...(total === undefined ? {} : { total }) });
    if (Date.now() - lastChange > stallMs) stalled.abort(stallError(stallMs));
  };
  const timer = setInterval(poll, 250);
  return {
    signal: work.signal ? AbortSignal.any([work.signal, stalled.signal]) : stalled.signal,
    hear(text) {
      lastChange = Date.now();
      total ??= announcedBytes(text);
    },
    end: () => clearInterval(timer),
  };
}

/** Bytes that pip announces: "Downloading x.whl (273.8 MB)", or the size of a file that it takes from a folder. */
export function announcedBytes(text: string): number | undefined {
  const announced = /Downloading \S+\.whl \(([\d.]+) (bytes|kB|MB|GB)\)/.exec(text);
  const units: Readonly<Record<string, number>> = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 };
  if (announced) return Number(announced[1]) * (units[announced[2] ?? ''] ?? 1);
  const local = /Processing (\S+\.whl)/.exec(text)?.[1];
  return local === undefined ? undefined : statSync(local, { throwIfNoEntry: false })?.size;
}

function bytesIn(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}

function stallError(stallMs: number): SourceUnavailable {
  return new SourceUnavailable(
    `pip printed nothing and wrote nothing for ${stallMs / 1000} s, so it was stopped.`,
    'Try pip by itself: python3 -m pip download --no-deps tensorflow-cpu',
  );
}
