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
  constructor(name: string) {
    const names = formats.map((one) => one.name).join(', ');
    super(`There is no report ${name}.`, `The reports are ${names}.`);
  }
}

/** The reports that a comma-separated list names. @throws NoSuchReport */
export function reportsNamed(list: string): ReportChoice {
  const names = new Set(list.split(',').map((name) => name.trim()));
  const chosen = [...names].filter(Boolean).map(formatNamed);
  return { files: chosen.filter(isFile), printed: chosen.filter((format) => !isFile(format)) };
}

/** With run.json among them wherever there are files: `assay replay` needs it. */
export function withRun(files: readonly FileFormat[]): readonly FileFormat[] {
  const there = files.length === 0 || files.some(({ name }) => name === 'json');
  return there ? files : [...files, ...reportsNamed('json').files];
}

/** The result of writing reports: the paths of those written, and those missing. */
export type Written = { readonly paths: readonly string[]; readonly missing: readonly UnwrittenFile[] };

/** Writes reports into a folder. If one cannot be written, the others still are. */
export async function writeReports(run: Run, files: readonly FileFormat[], out: string): Promise<Written> {
  const paths: string[] = [];
  const missing: UnwrittenFile[] = [];
  for (const { file, render } of files) {
    const to = path.join(out, file);
    const why = await whyNotWritten(() => writeAtomically(to, render(run)));
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

function formatNamed(name: string): Format {
  const format = formats.find((one) => one.name === name);
  if (!format) throw new NoSuchReport(name);
  return format;
}

function isFile(format: Format): format is FileFormat {
  return format.file !== undefined;
}
