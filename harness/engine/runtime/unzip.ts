import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { type Entry, type Options, open, type ZipFile } from 'yauzl';

export type Selection = {
  /** The path to write an entry to, relative to the folder; undefined skips the entry. */
  readonly place: (name: string) => string | undefined;
  /** Called after each piece: bytes written so far, and bytes of the whole selection. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
};

const openZip = promisify<string, Options, ZipFile>(open);

/** Writes selected entries of a zip file into a folder and returns where they went. Throws on a damaged archive. */
export async function unzip(file: string, folder: string, selection: Selection): Promise<string[]> {
  const zip = await openZip(file, { lazyEntries: true, autoClose: false });
  try {
    const chosen = (await entriesOf(zip)).flatMap((entry) => {
      const place = entry.fileName.endsWith('/') ? undefined : selection.place(entry.fileName);
      return place === undefined ? [] : [{ entry, place }];
    });
    const total = chosen.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    let done = 0;
    const count = (bytes: number) => {
      done += bytes;
      selection.onProgress(done, total);
    };
    for (const { entry, place } of chosen)
      await extract(zip, entry, join(folder, place), count, selection.signal);
    return chosen.map(({ place }) => place);
  } finally {
    zip.close();
  }
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  path: string,
  count: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const content = await contentOf(zip, entry);
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count(chunk.length);
      done(null, chunk);
    },
  });
  await pipeline(content, counting, createWriteStream(path), signal ? { signal } : {});
}

function contentOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, content) => (error ? reject(error) : resolve(content)));
  });
}
