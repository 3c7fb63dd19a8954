import { contradictionInStatement } from '../verdict/statement/contradiction.js';
import { predicateType, type Statement, statementType } from '../verdict/statement/statement.js';
import { UserError } from '../verdict/user-error.js';
import { faultIn, type JsonKind, parsedJson, readJsonFile } from './json-file.js';

/** A file without a statement that can be believed to be one of assay. */
export class NoStatement extends UserError {}

const statements: JsonKind = {
  maxBytes: 2 ** 24,
  Refusal: NoStatement,
  remedies: {
    name: 'Name the statement that `assay attest` wrote.',
    folder: 'Name the statement in it.',
    again: 'Get the statement again from whoever made it.',
  },
};

export type StoredStatement = {
  readonly statement: Statement;
  /** It was the payload of an envelope with this many signatures, of which none was verified. */
  readonly signatures?: number;
};

/**
 * The statement in a file, by itself or in a DSSE envelope or Sigstore bundle, validated by `specs/statement.schema.json`.
 * @throws NoStatement when it is none, or says two things
 */
export function readStatement(file: string): StoredStatement {
  const { value } = readJsonFile(file, statements);
  const envelope = envelopeIn(value);
  if (envelope === undefined) return { statement: expectStatement(value, file) };
  const { payload, payloadType, signatures } = envelope;
  if (payloadType !== inToto)
    refuse(file, `its payload is ${JSON.stringify(payloadType)}, and not a statement of in-toto`);
  const text = Buffer.from(payload, 'base64').toString('utf8');
  const inside = parsedJson(text, `The payload of ${file}`, statements);
  return { statement: expectStatement(inside, file), signatures: signatures.length };
}

const inToto = 'application/vnd.in-toto+json';

type Envelope = {
  readonly payload: string;
  readonly payloadType: unknown;
  readonly signatures: readonly unknown[];
};

function envelopeIn(value: unknown): Envelope | undefined {
  const bundled = property(value, 'dsseEnvelope');
  const envelope = bundled === undefined ? value : bundled;
  const payload = property(envelope, 'payload');
  const signatures = property(envelope, 'signatures');
  if (typeof payload !== 'string') return undefined;
  return {
    payload,
    payloadType: property(envelope, 'payloadType'),
    signatures: Array.isArray(signatures) ? signatures : [],
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function expectStatement(value: unknown, file: string): Statement {
  const type = property(value, '_type');
  const predicate = property(value, 'predicateType');
  if (typeof type === 'string' && type !== statementType) refuse(file, `its type is ${type}`);
  if (typeof predicate === 'string' && predicate !== predicateType)
    refuse(
      file,
      `its predicate is ${predicate}, which assay does not write`,
      predicate.startsWith(modelSigning) ? bySigning : undefined,
    );
  const fault = faultIn(value, 'statement.schema.json') ?? contradictionInStatement(value as Statement);
  if (fault !== undefined) refuse(file, fault);
  return value as Statement;
}

const modelSigning = 'https://model_signing/';
const bySigning = 'It is a signature of the model itself: `model_signing verify` verifies it.';

/** In characters: a stranger's keys and values may be of any length. */
const maxFault = 300;

function refuse(file: string, fault: string, remedy = statements.remedies.again): never {
  const shown = fault.length <= maxFault ? fault : `${fault.slice(0, maxFault)}…`;
  throw new NoStatement(`${file} is not a statement of assay: ${shown}.`, remedy);
}
