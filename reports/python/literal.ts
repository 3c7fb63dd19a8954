import type { PythonCase } from './case.js';

/** A text as Python writes it, on one line and in characters that every screen shows. */
export function textLiteral(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu,
    (character) => {
      const hex = (character.codePointAt(0) ?? 0).toString(16);
      return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
    },
  );
}

/** Words of Python's grammar, which name nothing. */
const reserved = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import ' +
    'in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Whether a name may stand in a program as it is. */
export function isIdentifier(name: string): boolean {
  return /^[a-z_]\w*$/i.test(name) && !reserved.has(name);
}

/** A number or bool as Python writes it; a whole number of type float with its point. */
export function literal(value: number | boolean, type: 'float' | 'int' | 'bool' | undefined): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : 'float("-inf")';
  const text = String(value);
  return type === 'float' && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Keyword arguments behind the images: `, training=True, dropout_rate=0.0`. */
export function keywords(
  values: Readonly<Record<string, number | boolean>>,
  { hyperparameters }: Pick<PythonCase, 'hyperparameters'>,
): string {
  const typeOf = (name: string) => hyperparameters.find((one) => one.name === name)?.type;
  return Object.entries(values)
    .map(([name, value]) => `, ${name}=${literal(value, typeOf(name))}`)
    .join('');
}

/** The arguments that show the finding, as `keywords` writes them. */
export function findingArguments(one: PythonCase): string {
  return keywords(one.check.finding?.arguments ?? {}, one);
}
