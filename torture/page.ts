import { table } from '../reports/markdown/table.js';
import { type Format, formats } from './kind.js';
import type { Compared } from './python.js';
import type { Tally } from './torture.js';

/** A full run. */
export type Torture = {
  readonly tallies: readonly Tally[];
  /** Empty where no Python was given. */
  readonly compared: readonly Compared[];
  readonly seed: number;
  readonly inputs: number;
};

/** The outcome of a full run as a page of Markdown. */
export function page({ tallies, compared, seed, inputs }: Torture): string {
  const faults =
    tallies.reduce((sum, { mishaps, outside }) => sum + mishaps.length + outside.length, 0) +
    compared.reduce((sum, { conforming }) => sum + conforming.length, 0);
  const total = tallies.reduce((sum, one) => sum + one.inputs, 0);
  const blocks = [
    '# Torture',
    '<!-- Written by npm run torture. -->',
    'What becomes of files that somebody damaged, by accident or on purpose? Every reader of assay gets them, in a process that is watched from outside.',
    `${faults === 0 ? '✅ **Nothing forbidden came about**' : `❌ **${faults} times something forbidden came about**`} in ${total.toLocaleString('en')} inputs of ${tallies.length} kinds.`,
    [
      '- accepted: read as a valid thing. Much damage does not matter, such as to a text that nobody reads.',
      '- refused: a sentence says what is wrong.',
      '- crash: another error, or the end of the process.',
      '- hang: no end within 10 s.',
      '- memory: more than 1.5 GiB.',
      '- outside: files that came, went or changed in the home, the working folder, the temporary folder, or a folder that archives aim at.',
    ].join('\n'),
    ...formats.flatMap((format) => section(format, tallies)),
    '## What Python refuses to load',
    ...comparison(compared),
    '## Reproduce it',
    `    npm run torture -- --inputs ${inputs} --seed ${seed}${withPython(compared)}`,
    `This page: Node ${process.version}, ${process.platform}. An input that goes wrong is made as small as possible and kept in \`assay-report/torture\`, with a command that repeats it.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function withPython([first]: readonly Compared[]): string {
  return first === undefined ? '' : ` --python PYTHON --python-inputs ${first.inputs}`;
}

function comparison(compared: readonly Compared[]): string[] {
  const what =
    'One field of `saved_model.pb` is changed at random. Where `tf.saved_model.load` raises an error for the model, it must not conform here.';
  if (compared.length === 0) return [`${what} Not run: no Python was given.`];
  const rows = compared.map((one) => [one.base, one.inputs, one.refused, one.conforming.length]);
  return [what, table(['model', '#changes', '#refused by Python', '#conforming nevertheless'], rows)];
}

export const titles: Readonly<Record<Format, string>> = {
  'saved_model.pb': 'saved_model.pb: read, every check that reads decided',
  checkpoint: 'Checkpoints: files in variables/, read with their model',
  spec: 'Specs',
  'class list': 'Lists of classes',
  image: 'Images: their format recognized',
  'decoded image': 'Images: decoded by TensorFlow in its confined process',
  npy: 'NumPy files with expected outputs',
  archive: 'Archives, unpacked into a cache',
  'run.json': 'Stored runs: read, every report written of them',
};

function section(format: Format, tallies: readonly Tally[]): string[] {
  const rows = tallies
    .filter(({ kind }) => kind.format === format)
    .map(({ kind, inputs, counts, outside }) => [
      kind.name,
      inputs,
      ...Object.values(counts),
      outside.length,
    ]);
  if (rows.length === 0) return [];
  const head = ['kind', '#inputs', '#accepted', '#refused', '#crash', '#hang', '#memory', '#outside'];
  return [`## ${titles[format]}`, table(head, rows)];
}
