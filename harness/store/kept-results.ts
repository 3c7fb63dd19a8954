import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { isRecord } from '../verdict/is-record.js';
import { readRegularFile } from '../verdict/regular-file.js';
import type { Run } from '../verdict/run.js';
import { isSystemError, unlessSystemError } from '../verdict/system-error.js';
import { whyNotWritten, writeAtomically } from './atomic-file.js';
import { NoRun, runIn } from './stored-run.js';

/** All that the results of one model depend on, by name. */
export type Circumstances = Readonly<Record<string, string>>;

/** Results that were kept for a model, and for what. */
type Entry = { readonly of: Circumstances; readonly run: Run };

/** In bytes, of one entry. */
const maxBytes = 2 ** 24;

/** How long an entry stays that nobody asks for. */
const maxDays = 90;

/** Results of conforming models, each in a file that is named for everything they depend on. */
export class KeptResults {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The run of one model in exactly these circumstances; undefined where none was kept, or its file is damaged. */
  async find(of: Circumstances): Promise<Run | undefined> {
    const file = this.#fileFor(of);
    const entry = entryIn(file);
    if (!entry || keyOf(entry.of) !== keyOf(of)) return undefined;
    const now = new Date();
    await utimes(file, now, now).catch(unlessSystemError);
    return entry.run;
  }

  /** Keeps a run of one model, and removes what was not asked for in a long time. Nothing is kept where nothing can be written. */
  async keep(of: Circumstances, run: Run): Promise<void> {
    const entry: Entry = { of, run };
    await whyNotWritten(() => writeAtomically(this.#fileFor(of), JSON.stringify(entry)));
    await this.#sweep();
  }

  /** What differs from the kept entry that differs least, by name; undefined where nothing was kept. */
  async nearest(of: Circumstances): Promise<readonly string[] | undefined> {
    const entries = (await this.#files()).flatMap((file) => entryIn(file) ?? []);
    const differences = entries.map((entry) => differing(entry.of, of));
    return differences.sort((one, other) => one.length - other.length)[0];
  }

  #fileFor(of: Circumstances): string {
    return path.join(this.#folder, `${keyOf(of)}.json`);
  }

  async #files(): Promise<string[]> {
    const names = (await readdir(this.#folder).catch(unlessSystemError)) ?? [];
    return names
      .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
      .map((name) => path.join(this.#folder, name));
  }

  async #sweep(): Promise<void> {
    const oldest = Date.now() - maxDays * 24 * 3600 * 1000;
    for (const file of await this.#files()) {
      const found = await stat(file).catch(unlessSystemError);
      if (found && found.mtimeMs < oldest) await rm(file, { force: true }).catch(unlessSystemError);
    }
  }
}

function keyOf(of: Circumstances): string {
  const sorted = Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

function differing(one: Circumstances, other: Circumstances): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => one[name] !== other[name],
  );
}

/** Undefined where the file holds no entry: it may be damaged, or written by anybody. */
function entryIn(file: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(readRegularFile(file, maxBytes).toString('utf8'));
    if (!isRecord(value) || !isCircumstances(value.of)) return undefined;
    return { of: value.of, run: runIn(value.run, file) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NoRun || isSystemError(error)) return undefined;
    throw error;
  }
}

function isCircumstances(value: unknown): value is Circumstances {
  return isRecord(value) && Object.values(value).every((one) => typeof one === 'string');
}
