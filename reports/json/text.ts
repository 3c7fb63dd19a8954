/**
 * A value as JSON that every parser reads: NaN and infinities become strings, lone surrogates U+FFFD.
 * Keys come in the given order, the others after them by code unit. Lists of plain values stay on one line.
 */
export function jsonText(value: unknown, keyOrder: readonly string[]): string {
  const ranks = new Map(keyOrder.map((key, rank) => [key, rank]));
  return written(value, '', (one, other) => {
    const byRank = (ranks.get(one) ?? keyOrder.length) - (ranks.get(other) ?? keyOrder.length);
    return byRank || (one < other ? -1 : 1);
  });
}

type Order = (one: string, other: string) => number;

function written(value: unknown, indent: string, order: Order): string {
  if (Array.isArray(value)) return writtenList(value, indent, order);
  if (typeof value === 'object' && value !== null) return writtenObject(value, indent, order);
  return scalar(value);
}

function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value));
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  return JSON.stringify(value) ?? 'null';
}

function writtenList(values: readonly unknown[], indent: string, order: Order): string {
  const deeper = `${indent}  `;
  if (values.every(isPlain)) return `[${values.map((value) => written(value, deeper, order)).join(', ')}]`;
  const lines = values.map((value) => `${deeper}${written(value, deeper, order)}`);
  return `[\n${lines.join(',\n')}\n${indent}]`;
}

function writtenObject(value: object, indent: string, order: Order): string {
  const deeper = `${indent}  `;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries
    .sort(([one], [other]) => order(one, other))
    .map(([key, member]) => `${deeper}${scalar(key)}: ${written(member, deeper, order)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** Neither an object nor a list that holds one. */
function isPlain(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object' || value === null;
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
