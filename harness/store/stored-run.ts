import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readRegularFile } from '../verdict/regular-file.js';
import type { Run } from '../verdict/run.js';
import { isSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';
import { contradictionIn } from './contradiction.js';

/** A file without a readable run. */
export class NoRun extends UserError {}

/** The run that `assay check` stored in a file, validated by `specs/run.schema.json`. @throws NoRun when it is invalid */
export async function readRun(file: string): Promise<Run> {
  return runIn(parsed(file, await textOf(file)), file);
}

/** A value as a run. @throws NoRun when it is none; `file`: where it was read */
export function runIn(value: unknown, file: string): Run {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (typeof format === 'number' && format > 1)
    throw new NoRun(`${file} has format ${format}; this version of assay reads 1.`, 'Use a newer assay.');
  validate ??= compile();
  const fault = isDeep(value)
    ? `it is nested more than ${maxDepth} levels deep`
    : validate(value)
      ? contradictionIn(value)
      : faultIn(validate.errors);
  if (fault !== undefined) throw new NoRun(`${file} is not a run of assay: ${fault}.`, runAgain);
  return value as Run;
}

/** Of what checks keep as evidence; whatever reads it goes down into it. */
const maxDepth = 100;

function isDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

async function textOf(file: string): Promise<string> {
  try {
    return readRegularFile(file, maxBytes).toString('utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const [why, remedy] = refusals[error.code] ?? [`it cannot be read (${error.code})`, nameRun];
    throw new NoRun(`${file}: ${why}.`, remedy);
  }
}

/** Of a run of thousands of models. */
const maxBytes = 2 ** 29;

const nameRun = 'Name the run.json that `assay check` wrote into the folder of its reports.';
const runAgain = 'Run `assay check` again; it writes run.json into the folder of its reports.';

const refusals: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  ENOENT: ['there is no such file', nameRun],
  ENOTDIR: ['there is no such file', nameRun],
  EISDIR: ['this is a folder', 'Name the run.json in it.'],
  EACCES: ['you have no permission to read the file', 'Change its permissions so that you can read it.'],
};

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new NoRun(`${file} is not JSON: ${error.message}.`, runAgain);
  }
}

let validate: ValidateFunction<Run> | undefined;

function compile(): ValidateFunction<Run> {
  const schema = new URL('../../../specs/run.schema.json', import.meta.url);
  const ajv = new Ajv({ strictTypes: false, allowUnionTypes: true });
  addFormats.default(ajv, ['date-time']);
  return ajv.compile<Run>(JSON.parse(readFileSync(schema, 'utf8')));
}

function faultIn(errors: readonly ErrorObject[] | null | undefined): string {
  const [first] = errors ?? [];
  if (!first) return 'it does not match specs/run.schema.json';
  return `${first.instancePath === '' ? 'it' : first.instancePath} ${first.message ?? 'does not match'}`;
}
