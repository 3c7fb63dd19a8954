import { isRecord } from '../verdict/is-record.js';

/** What a field of a check must be. */
type Field = {
  readonly key: string;
  readonly mustBe: string;
  readonly fits: (value: unknown) => boolean;
};

/** Why a value is not a check, as a sentence; undefined where it is one. */
export function faultInCheck(value: unknown): string | undefined {
  if (!isRecord(value)) return 'It must be an object.';
  const wrong = [...rule, ...(kinds.get(value.kind) ?? [])].find(({ key, fits }) => !fits(value[key]));
  return wrong && `\`${wrong.key}\` must be ${wrong.mustBe}.`;
}

/** A name of the author, then one or more of the check: `acme/brightness`. */
const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)+$/;

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const isFunction = (value: unknown) => typeof value === 'function';
const optional = (fits: Field['fits']) => (value: unknown) => value === undefined || fits(value);
const oneOf = (values: readonly unknown[]) => (value: unknown) => values.includes(value);

const aFunction = (key: string): Field => ({ key, mustBe: 'a function', fits: isFunction });

const property: readonly Field[] = [
  ...['corners', 'space', 'holds', 'held'].map(aFunction),
  { key: 'calls', mustBe: 'a function, or left out', fits: optional(isFunction) },
  { key: 'enough', mustBe: 'a function, or left out', fits: optional(isFunction) },
];

const kinds: ReadonlyMap<unknown, readonly Field[]> = new Map([
  ['reading', [aFunction('read')]],
  ['property', property],
  ['measurement', [aFunction('measure')]],
]);

const rule: readonly Field[] = [
  {
    key: 'id',
    mustBe: 'your name and that of the check, in lower case, as in `acme/brightness`',
    fits: (value) => typeof value === 'string' && idPattern.test(value),
  },
  {
    key: 'level',
    mustBe: "'must', 'should' or a function",
    fits: (value) => isFunction(value) || oneOf(['must', 'should'])(value),
  },
  {
    key: 'demands',
    mustBe: 'a sentence with MUST or SHOULD',
    fits: (value) => typeof value === 'string' && /\b(?:MUST|SHOULD)\b.*\.$/s.test(value),
  },
  {
    key: 'comparisons',
    mustBe: "'recorded' or 'unrecorded', or left out",
    fits: optional(oneOf(['recorded', 'unrecorded'])),
  },
  {
    key: 'explain',
    mustBe: 'an object with the texts `matters`, `decided` and `fix`',
    fits: (value) => isRecord(value) && [value.matters, value.decided, value.fix].every(isText),
  },
  {
    key: 'promisedBy',
    mustBe: 'a list of keys of the spec, or left out',
    fits: optional((value) => Array.isArray(value) && value.every(isText)),
  },
  aFunction('applies'),
  { key: 'kind', mustBe: "'reading', 'property' or 'measurement'", fits: (value) => kinds.has(value) },
];
