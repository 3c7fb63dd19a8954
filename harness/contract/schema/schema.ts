import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { moduleFile, packageFile } from '../../verdict/package-files.js';
import { asYaml, eitherOf } from './describe.js';

/** What this project reads of a JSON Schema, besides validating with it. */
export type Schema = {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly not?: Schema;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  /** What is wrong; after a semicolon, how to fix it. Editors show it too. */
  readonly errorMessage?: string;
  /** The same, only for `pattern` and `format`. */
  readonly patternErrorMessage?: string;
};

/** The published schema, as read from `specs/spec.schema.json`. */
export const specSchema: Schema = JSON.parse(readFileSync(packageFile('specs/spec.schema.json'), 'utf8'));

const require = createRequire(import.meta.url);

/** What the build makes of the schema with ajv. */
let validate: ValidateFunction | undefined;

/** Every error that ajv finds, each with its schema and its data. */
export function schemaErrors(data: unknown): readonly ErrorObject[] {
  validate ??= require(moduleFile('harness/contract/schema/spec-validator.cjs')) as ValidateFunction;
  return validate(data) ? [] : (validate.errors ?? []);
}

/** The schema itself, or the target of its `$ref` merged with its own keys. */
export function resolved(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  const target = name === undefined ? undefined : specSchema.definitions?.[name];
  return { ...target, ...schema };
}

/** A value to start from, as YAML on one line. */
export function exampleOf(schema: Schema): string | undefined {
  const { examples, default: defaultValue, enum: allowed } = resolved(schema);
  const example = defaultValue ?? examples?.[0] ?? allowed?.[0];
  return example === undefined ? undefined : asYaml(example);
}

/** Values as they are written, as the end of a sentence. */
export function examplesOf(schema: Schema): string | undefined {
  const { default: defaultValue, examples = defaultValue === undefined ? [] : [defaultValue] } =
    resolved(schema);
  if (examples.length === 0) return undefined;
  return `for example ${eitherOf(examples.map((example) => `\`${asYaml(example)}\``))}`;
}
