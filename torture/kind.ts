import type { Arbitrary } from 'fast-check';

/** Readers of foreign files, each for a format. */
export const formats = [
  'saved_model.pb',
  'checkpoint',
  'spec',
  'class list',
  'image',
  'decoded image',
  'npy',
  'archive',
  'run.json',
] as const;

export type Format = (typeof formats)[number];

/** Files of one input. */
export type Input = {
  /** For models: the bundled one whose other files stand beside them. */
  readonly base?: string;
  /** By their path in the folder that is read; null for one that is taken away. */
  readonly files: Readonly<Record<string, Uint8Array | null>>;
};

/** One way to spoil files of a format. */
export type Kind = {
  readonly format: Format;
  /** In plain English, as the page has it: `a field dropped`. */
  readonly name: string;
  readonly inputs: Arbitrary<Input>;
  /** How many inputs it gets, relative to the others; default 1. */
  readonly share?: number;
};

/** For file names and commands: `checkpoint-footer-changed`. */
export function idOf({ format, name }: Kind): string {
  return `${format} ${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
