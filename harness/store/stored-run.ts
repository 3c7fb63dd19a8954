import { createHash } from 'node:crypto';
import type { Run } from '../verdict/run.js';
import { UserError } from '../verdict/user-error.js';
import { contradictionIn } from './contradiction.js';
import { faultIn, type JsonKind, readJsonFile } from './json-file.js';

/** A file without a readable run. */
export class NoRun extends UserError {}

const runs: JsonKind = {
  /** Of a run of thousands of models. */
  maxBytes: 2 ** 29,
  Refusal: NoRun,
  remedies: {
    name: 'Name the run.json that `assay check` wrote into the folder of its reports.',
    folder: 'Name the run.json in it.',
    again: 'Run `assay check` again; it writes run.json into the folder of its reports.',
  },
};

/** The run that `assay check` stored in a file, validated by `specs/run.schema.json`. @throws NoRun when it is invalid */
export async function readRun(file: string): Promise<Run> {
  return (await readDigestedRun(file)).run;
}

/** As `readRun`, with the SHA-256 of the file, in hexadecimal. */
export async function readDigestedRun(file: string): Promise<{ readonly run: Run; readonly sha256: string }> {
  const { bytes, value } = readJsonFile(file, runs);
  return { run: runIn(value, file), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Other files that assay writes, by a key that no run has. */
const otherKinds: readonly (readonly [key: string, what: string])[] = [
  ['answer', 'what assay compare wrote'],
  ['versions', 'what assay check --tensorflow wrote; the runs are in the folders beside it'],
  ['_type', 'a statement'],
];

/** A value as a run. @throws NoRun when it is none; `file`: where it was read */
export function runIn(value: unknown, file: string): Run {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (typeof format === 'number' && format > 1)
    throw new NoRun(`${file} has format ${format}; this version of assay reads 1.`, 'Use a newer assay.');
  const other = otherKinds.find(([key]) => typeof value === 'object' && value !== null && key in value);
  if (other !== undefined)
    throw new NoRun(`${file} is no run of assay, but ${other[1]}.`, runs.remedies.name);
  const fault = faultIn(value, 'run.schema.json') ?? contradictionIn(value as Run);
  if (fault !== undefined) throw new NoRun(`${file} is not a run of assay: ${fault}.`, runs.remedies.again);
  return value as Run;
}
