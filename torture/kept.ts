import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Format, Input } from './kind.js';

type Described = {
  readonly format: Format;
  readonly base?: string;
  readonly files: Readonly<Record<string, string | null>>;
};

/** Writes an input into a folder, with a note. */
export function keep(folder: string, format: Format, { base, files }: Input, note: string): void {
  mkdirSync(folder, { recursive: true });
  const names = Object.entries(files).map(
    ([file, bytes], at) => [file, bytes === null ? null : `${at}.bin`] as const,
  );
  for (const [file, name] of names)
    if (name !== null) writeFileSync(path.join(folder, name), files[file] ?? '');
  const described: Described = {
    format,
    ...(base === undefined ? {} : { base }),
    files: Object.fromEntries(names),
  };
  writeFileSync(path.join(folder, 'input.json'), JSON.stringify(described, null, 2));
  writeFileSync(path.join(folder, 'note.txt'), note);
}

/** The input that was written into a folder. */
export function kept(folder: string): { readonly format: Format; readonly input: Input } {
  const { format, base, files } = JSON.parse(
    readFileSync(path.join(folder, 'input.json'), 'utf8'),
  ) as Described;
  const bytes = Object.entries(files).map(
    ([file, name]) => [file, name === null ? null : readFileSync(path.join(folder, name))] as const,
  );
  return { format, input: { ...(base === undefined ? {} : { base }), files: Object.fromEntries(bytes) } };
}

/** Folders of inputs within a folder. */
export function keptIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'input.json')
    .map((file) => path.join(folder, path.dirname(file)));
}
