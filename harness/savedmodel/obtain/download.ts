import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { CannotObtain } from './refusals.js';

export type DownloadProgress = {
  readonly receivedBytes: number;
  /** Undefined when the server does not say. */
  readonly totalBytes?: number;
};

export type DownloadOptions = {
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for data from the server. Default: a minute. */
  readonly silenceMs?: number | undefined;
  /** Largest file to accept. Default: 20 GiB. */
  readonly maxBytes?: number | undefined;
};

/** Writes what the URL serves, byte for byte, into `file`; gives its SHA-256. Throws CannotObtain. */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  try {
    const response = await follow(new URL(url), options);
    // Opened now, so that it can't be created after a failed download was cleaned up.
    const target = (await openFor(response, file)).createWriteStream();
    await pipeline(response, counted(response, hash, options), target, { signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error instanceof CannotObtain ? error : cannotFetch(url, reasonOf(error), error);
  }
  return hash.digest('hex');
}

async function openFor(response: IncomingMessage, file: string): Promise<FileHandle> {
  try {
    return await open(file, 'w');
  } catch (error) {
    response.destroy();
    throw error;
  }
}

const maxRedirects = 10;

async function follow(
  url: URL,
  options: DownloadOptions,
  redirects = 0,
  from: URL = url,
): Promise<IncomingMessage> {
  expectSafe(url, from);
  const response = await request(url, options);
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (status === 200) return response;
  response.destroy();
  if (status < 300 || status > 399 || location === undefined) {
    throw cannotFetch(url.href, `the server answers ${status} ${response.statusMessage ?? ''}`.trim());
  }
  if (redirects === maxRedirects) throw cannotFetch(url.href, `it was redirected ${maxRedirects} times`);
  return follow(new URL(location, url), options, redirects + 1, url);
}

/** Unencrypted only on this machine, where nobody is in between, and never because a server elsewhere says so. */
export function expectSafe(url: URL, from: URL): void {
  if (url.protocol === 'https:' || (isOnThisMachine(url) && isOnThisMachine(from))) return;
  throw cannotFetch(url.href, 'only https is allowed');
}

function isOnThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
}

/** Node's own client, and not `fetch`, which would unpack a `Content-Encoding` and so change the bytes that are hashed. */
function request(url: URL, { signal, silenceMs = 60_000 }: DownloadOptions): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getSecure : getPlain;
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'identity', 'user-agent': 'model-assay' };
    const sent = get(url, { headers, ...(signal !== undefined && { signal }) });
    const silence = new Error(`no data arrived for ${silenceMs / 1000} s`);
    sent.on('error', reject);
    sent.on('response', (response) => {
      sent.on('timeout', () => response.destroy(silence));
      resolve(response);
    });
    sent.setTimeout(silenceMs, () => sent.destroy(silence));
  });
}

function counted(response: IncomingMessage, hash: ReturnType<typeof createHash>, options: DownloadOptions) {
  const { maxBytes = 20 * 1024 ** 3, onProgress } = options;
  const announced = Number(response.headers['content-length'] ?? Number.NaN);
  const total = Number.isNaN(announced) ? {} : { totalBytes: announced };
  return async function* (chunks: AsyncIterable<Buffer>) {
    let receivedBytes = 0;
    expectAtMost(maxBytes, announced);
    for await (const chunk of chunks) {
      receivedBytes += chunk.length;
      expectAtMost(maxBytes, receivedBytes);
      hash.update(chunk);
      onProgress?.({ receivedBytes, ...total });
      yield chunk;
    }
  };
}

function expectAtMost(maxBytes: number, bytes: number): void {
  if (bytes > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
}

function cannotFetch(url: string, why: string, cause?: unknown): CannotObtain {
  const remedy = 'Download it another way, verify it, and set `model` to the path of the file.';
  return new CannotObtain(`${url} cannot be downloaded: ${why}`, remedy, { cause });
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  const reason = error instanceof Error ? error.message : String(error);
  return reason === 'aborted' ? 'the connection was lost' : reason;
}
