/** A field of a protocol buffer, found without its schema. */
export type Field = {
  readonly number: number;
  /** 0 for a varint, 1 for 8 bytes, 2 for bytes, 5 for 4 bytes. */
  readonly wire: number;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  readonly parent: Field | undefined;
  /** Where its bytes can be read as a message. */
  readonly fields: readonly Field[];
};

/** All fields of a message, those within others included. What is read as a message may be a text by chance. */
export function fieldsOf(file: Uint8Array): readonly Field[] {
  const within = (field: Field): Field[] => [field, ...field.fields.flatMap(within)];
  return (read(file, 0, file.length, undefined) ?? []).flatMap(within);
}

/** The file with other bytes in the place of a field, and the lengths around it right. */
export function replaced(file: Uint8Array, { parent, start, end }: Field, put: Uint8Array): Uint8Array {
  const from = parent?.valueStart ?? 0;
  const to = parent?.end ?? file.length;
  const content = Buffer.concat([file.subarray(from, start), put, file.subarray(end, to)]);
  return parent ? replaced(file, parent, message(parent.number, content)) : content;
}

/** A field that holds bytes. */
export function message(number: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([tag(number, 2), varint(content.length), content]);
}

export function tag(number: number, wire: number): Uint8Array {
  return varint(BigInt(number) * 8n + BigInt(wire));
}

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...bytes, Number(rest));
}

type Unfinished = Omit<Field, 'fields'> & { fields: readonly Field[] };

/** Levels that are looked at: deeper ones come from an earlier change. */
const maxLevel = 60;

/** Undefined where the bytes are no message. */
function read(
  bytes: Uint8Array,
  from: number,
  to: number,
  parent: Field | undefined,
  level = 0,
): Field[] | undefined {
  const fields: Field[] = [];
  for (let at = from; at < to; ) {
    const field = fieldAt(bytes, at, to, parent);
    if (field === undefined) return undefined;
    if (field.wire === 2 && level < maxLevel)
      field.fields = read(bytes, field.valueStart, field.end, field, level + 1) ?? [];
    fields.push(field);
    at = field.end;
  }
  return fields;
}

function fieldAt(bytes: Uint8Array, start: number, to: number, parent: Field | undefined) {
  const head = varintAt(bytes, start, to);
  if (head === undefined) return undefined;
  const [number, wire] = [Math.floor(head.value / 8), head.value % 8];
  const span = spanOf(bytes, wire, head.end, to);
  if (number < 1 || number > 2000 || span === undefined || span.end > to) return undefined;
  return { number, wire, start, ...span, parent, fields: [] } satisfies Unfinished as Unfinished;
}

function spanOf(bytes: Uint8Array, wire: number, at: number, to: number) {
  if (wire === 1) return { valueStart: at, end: at + 8 };
  if (wire === 5) return { valueStart: at, end: at + 4 };
  const value = wire === 0 || wire === 2 ? varintAt(bytes, at, to) : undefined;
  if (value === undefined) return undefined;
  return wire === 0
    ? { valueStart: at, end: value.end }
    : { valueStart: value.end, end: value.end + value.value };
}

function varintAt(bytes: Uint8Array, start: number, to: number) {
  let value = 0;
  for (let at = start; at < to && at < start + 10; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * 2 ** (7 * (at - start));
    if (byte < 128) return { value, end: at + 1 };
  }
  return undefined;
}
