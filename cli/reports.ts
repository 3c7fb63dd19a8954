import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Run } from '../harness/verdict/run.js';
import { type Format, formats } from '../reports/formats.js';

export type FileFormat = Format & { readonly file: string };

/** Reports that were asked for: those that are files, and those that are printed. */
export type Choice = { readonly files: readonly FileFormat[]; readonly printed: readonly Format[] };

/** A name of a report that there is not. */
export class NoSuchReport extends Error {
  constructor(name: string) {
    const names = formats.map((one) => one.name).join(', ');
    super(`--report ${name}: there is no such report. There are ${names}.`);
    this.name = 'NoSuchReport';
  }
}

/** The reports that a comma-separated list names. @throws NoSuchReport */
export function reportsNamed(list: string): Choice {
  const names = new Set(list.split(',').map((name) => name.trim()));
  const chosen = [...names].filter(Boolean).map(formatNamed);
  return { files: chosen.filter(isFile), printed: chosen.filter((format) => !isFile(format)) };
}

/** With run.json among them wherever there are files: `assay replay` needs it. */
export function withRun(files: readonly FileFormat[]): readonly FileFormat[] {
  const there = files.length === 0 || files.some(({ name }) => name === 'json');
  return there ? files : [...files, ...reportsNamed('json').files];
}

/** Writes reports into a folder, which is made; gives their paths. */
export async function writeReports(run: Run, files: readonly FileFormat[], out: string): Promise<string[]> {
  if (files.length > 0) await mkdir(out, { recursive: true });
  const written = files.map(({ file, render }) => ({ file: path.join(out, file), render }));
  await Promise.all(written.map(({ file, render }) => writeFile(file, render(run))));
  return written.map(({ file }) => file);
}

function formatNamed(name: string): Format {
  const format = formats.find((one) => one.name === name);
  if (!format) throw new NoSuchReport(name);
  return format;
}

function isFile(format: Format): format is FileFormat {
  return format.file !== undefined;
}
