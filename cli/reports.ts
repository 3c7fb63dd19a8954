import path from 'node:path';
import { type UnwrittenFile, whyNotWritten, writeAtomically } from '../harness/store/atomic-file.js';
import type { Run } from '../harness/verdict/run.js';
import { UserError } from '../harness/verdict/user-error.js';
import { type Format, formats } from '../reports/formats.js';

export type FileFormat = Format & { readonly file: string };

/** The requested reports: those that are files, and those that are printed. */
export type ReportChoice = { readonly files: readonly FileFormat[]; readonly printed: readonly Format[] };

/** A name of a report that does not exist. */
export class NoSuchReport extends UserError {
  constructor(name: string, known: readonly { readonly name: string }[]) {
    super(`There is no report ${name}.`, `The reports are ${known.map((one) => one.name).join(', ')}.`);
  }
}

/** The formats that a comma-separated list names, each once. @throws NoSuchReport */
export function namedIn<T extends { readonly name: string }>(
  list: string,
  known: readonly T[],
): readonly T[] {
  const names = new Set(list.split(',').map((name) => name.trim()));
  return [...names].filter(Boolean).map((name) => {
    const format = known.find((one) => one.name === name);
    if (!format) throw new NoSuchReport(name, known);
    return format;
  });
}

/** The reports of a run that a comma-separated list names. @throws NoSuchReport */
export function reportsNamed(list: string): ReportChoice {
  const chosen = namedIn(list, formats);
  return { files: chosen.filter(isFile), printed: chosen.filter((format) => !isFile(format)) };
}

/** With run.json among them wherever there are files: `assay replay` needs it. */
export function withRun(files: readonly FileFormat[]): readonly FileFormat[] {
  const there = files.length === 0 || files.some(({ name }) => name === 'json');
  return there ? files : [...files, ...reportsNamed('json').files];
}

/** The result of writing reports: the paths of those written, and those missing. */
export type Written = { readonly paths: readonly string[]; readonly missing: readonly UnwrittenFile[] };

/** Writes reports of a run into a folder. */
export function writeReports(run: Run, files: readonly FileFormat[], out: string): Promise<Written> {
  return writeFiles(
    files.map(({ file, render }) => ({ file, content: () => render(run) })),
    out,
  );
}

/** A file to be written, and what makes its content. */
export type ToWrite = { readonly file: string; readonly content: () => string | Uint8Array };

/** Writes files into a folder. If one cannot be written, the others still are. */
export async function writeFiles(files: readonly ToWrite[], out: string): Promise<Written> {
  const paths: string[] = [];
  const missing: UnwrittenFile[] = [];
  for (const { file, content } of files) {
    const to = path.join(out, file);
    const why = await whyNotWritten(() => writeAtomically(to, content()));
    if (why === undefined) paths.push(to);
    else missing.push({ file: to, why });
  }
  return { paths, missing };
}

/** A sentence for each file that could not be written. */
export function missingInWords(missing: readonly UnwrittenFile[]): string {
  return missing
    .map(
      ({ file, why }) => `${file} could not be written, as ${why}. It is missing, or from an earlier run.\n`,
    )
    .join('');
}

function isFile(format: Format): format is FileFormat {
  return format.file !== undefined;
}
