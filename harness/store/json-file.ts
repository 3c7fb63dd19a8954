import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { packageFile } from '../verdict/package-files.js';
import { readRegularFile } from '../verdict/regular-file.js';
import { isSystemError } from '../verdict/system-error.js';
import type { UserError } from '../verdict/user-error.js';
import { repeatsKey } from './repeated-key.js';

/** A kind of JSON file, which may be a stranger's, and how to speak of it. */
export type JsonKind = {
  readonly maxBytes: number;
  /** The error for a file that is none. */
  readonly Refusal: new (
    message: string,
    remedy: string,
  ) => UserError;
  readonly remedies: {
    /** Where there is no such file. */
    readonly name: string;
    readonly folder: string;
    /** Where it is not JSON. */
    readonly again: string;
  };
};

/** The bytes of a file, and their value. @throws the kind's refusal, with a sentence */
export function readJsonFile(
  file: string,
  kind: JsonKind,
): { readonly bytes: Buffer; readonly value: unknown } {
  const bytes = bytesOf(file, kind);
  return { bytes, value: parsedJson(bytes.toString('utf8'), file, kind) };
}

/** The value of a text, which `of` names, and which means one thing. @throws the kind's refusal */
export function parsedJson(text: string, of: string, kind: JsonKind): unknown {
  const value = jsonIn(text, of, kind);
  if (!repeatsKey(text, value)) return value;
  const remedy = kind.remedies.again;
  throw new kind.Refusal(`${of} can be read in two ways: an object in it has a key twice.`, remedy);
}

function jsonIn(text: string, of: string, { Refusal, remedies }: JsonKind): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const cut = /^\s*[{[]/.test(text) && !/[}\]]\s*$/.test(text);
    const otherwise = cut ? 'it ends in the middle, as a file that was cut off' : error.message;
    const [, looks = otherwise] = otherFiles.find(([name]) => name.test(of)) ?? [];
    throw new Refusal(`${of} is not JSON: ${looks}.`, remedies.again);
  }
}

/** What else is near, by its name. */
const otherFiles: readonly (readonly [name: RegExp, what: string])[] = [
  [/\.ya?ml$/, 'it looks like a spec'],
  [/\.(html|xml|md|csv)$/, 'it looks like another report, which cannot be read again'],
];

function bytesOf(file: string, { maxBytes, Refusal, remedies }: JsonKind): Buffer {
  const refusals: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
    ENOENT: ['there is no such file', remedies.name],
    ENOTDIR: ['there is no such file', remedies.name],
    EISDIR: ['this is a folder', remedies.folder],
    EACCES: ['you have no permission to read the file', 'Change its permissions so that you can read it.'],
  };
  try {
    return readRegularFile(file, maxBytes);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EISDIR' && !hasJson(file))
      throw new Refusal(`${file}: this is a folder.`, remedies.name);
    const [why, remedy] = refusals[error.code] ?? [`it cannot be read (${error.code})`, remedies.name];
    throw new Refusal(`${file}: ${why}.`, remedy);
  }
}

function hasJson(folder: string): boolean {
  return readdirSync(folder).some((name) => name.endsWith('.json'));
}

const compiled = new Map<string, ValidateFunction>();

/** What keeps a value from the form that a schema in `specs/` gives, in a few words; undefined where nothing does. */
export function faultIn(value: unknown, schema: string): string | undefined {
  if (isDeep(value)) return `it is nested more than ${maxDepth} levels deep`;
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  return validate(value) ? undefined : inWords(validate.errors, schema);
}

/** Whatever reads a value goes down into it. */
const maxDepth = 100;

function isDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

function compile(schema: string): ValidateFunction {
  const file = packageFile(`specs/${schema}`);
  // As for specs, tests hold that our schemas are valid.
  const ajv = new Ajv({ meta: false, validateSchema: false, strictTypes: false, allowUnionTypes: true });
  addFormats.default(ajv, ['date-time']);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

function inWords(errors: readonly ErrorObject[] | null | undefined, schema: string): string {
  const [first] = errors ?? [];
  if (!first) return `it does not match specs/${schema}`;
  return `${first.instancePath === '' ? 'it' : first.instancePath} ${first.message ?? 'does not match'}`;
}
