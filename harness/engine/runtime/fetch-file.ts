import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { diskError } from './cache.js';
import type { StepContext } from './progress.js';
import { SourceUnavailable } from './source-unavailable.js';

/** Downloads a file; never waits longer than `idleMs` for the next byte. @throws SourceUnavailable that says why it failed */
export async function fetchFile(
  url: string,
  file: string,
  label: string,
  work: StepContext,
  idleMs = 20_000,
): Promise<void> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new Error(`no answer within ${idleMs / 1000} s`)), idleMs);
  const signal = work.signal ? AbortSignal.any([work.signal, silent.signal]) : silent.signal;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const total = Number(response.headers.get('content-length')) || undefined;
    const counting = counter((done) => {
      timer.refresh();
      work.onProgress({ step: 'download', label, done, ...(total === undefined ? {} : { total }) });
    });
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    await pipeline(body, counting, createWriteStream(file), { signal });
  } catch (error) {
    work.signal?.throwIfAborted();
    throw diskError(file, error) ?? unreachable(url, silent.signal.aborted ? silent.signal.reason : error);
  } finally {
    clearTimeout(timer);
  }
}

function counter(report: (done: number) => void): Transform {
  let done = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      report(done);
      next(null, chunk);
    },
  });
}

function unreachable(url: string, error: unknown): SourceUnavailable {
  const { cause, message } = error as Error;
  const why = cause instanceof Error && cause.message !== '' ? cause.message : message;
  return new SourceUnavailable(
    `${url} cannot be downloaded: ${why}.`,
    "Set TFJS_NODE_CDN_STORAGE to a mirror of tfjs-node's downloads that this machine can reach.",
  );
}
