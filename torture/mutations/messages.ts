import fc, { type Arbitrary } from 'fast-check';
import { fraction, itemAt } from './bytes.js';
import { afterTag, bytesOf, contentOf, hasLength, isName, isSmall, isVarint } from './fields.js';
import { extremes, lies, nestings, numbers, texts } from './message-values.js';
import { type Field, fieldsOf, message, replaced, tag, varint } from './wire.js';

/** A message and its fields, those of each part of the schema together. */
export type Parsed = { readonly file: Uint8Array; readonly parts: readonly (readonly Field[])[] };

export type Change = (message: Parsed) => Uint8Array;

/** Ways to spoil a protocol buffer of any schema, by name; what is around the spoiled field stays right. */
export const changes: Readonly<Record<string, Arbitrary<Change>>> = {
  'a field dropped': at(
    () => true,
    (file, field) => replaced(file, field, new Uint8Array()),
  ),
  'a field repeated': at(
    () => true,
    (file, field) => {
      const bytes = bytesOf(file, field);
      return replaced(file, field, Buffer.concat([bytes, bytes]));
    },
  ),
  'two fields swapped': fc.tuple(fraction(), fraction()).map(
    ([one, other]) =>
      (parsed) =>
        swapped(parsed, one, other),
  ),
  'a field with another number': withValue(
    numbers(),
    () => true,
    (file, field, number) =>
      replaced(file, field, Buffer.concat([tag(number, field.wire), afterTag(file, field)])),
  ),
  'a field with another wire type': withValue(
    fc.nat(7),
    () => true,
    (file, field, wire) =>
      replaced(file, field, Buffer.concat([tag(field.number, wire), afterTag(file, field)])),
  ),
  'an integer at an extreme': withValue(extremes(), isVarint, (file, field, value) =>
    replaced(file, field, Buffer.concat([tag(field.number, 0), varint(value)])),
  ),
  'an integer of too many bytes': withValue(
    fc.constantFrom(9, 10, 11, 12, 100),
    isVarint,
    (file, field, count) =>
      replaced(
        file,
        field,
        Buffer.concat([tag(field.number, 0), new Uint8Array(count - 1).fill(0x80), Uint8Array.of(1)]),
      ),
  ),
  'a length that lies': withValue(lies(), hasLength, (file, field, lie) =>
    replaced(
      file,
      field,
      Buffer.concat([
        tag(field.number, 2),
        varint(lie(field.end - field.valueStart)),
        contentOf(file, field),
      ]),
    ),
  ),
  'a message or text emptied': at(hasLength, (file, field) =>
    replaced(file, field, message(field.number, new Uint8Array())),
  ),
  'a message nested in itself, up to 10,000 deep': withValue(
    nestings(),
    hasLength,
    (file, field, { depth, cycle }) =>
      replaced(file, field, nested(contentOf(file, field), field.number, depth, cycle)),
  ),
  'a field repeated up to 20,000 times': withValue(
    fc.constantFrom(1000, 5000, 20_000),
    isSmall,
    (file, field, times) =>
      replaced(file, field, Buffer.concat(Array.from({ length: times }, () => bytesOf(file, field)))),
  ),
  'a message in the place of another': fc.tuple(fraction(), fraction()).map(
    ([one, other]) =>
      (parsed) =>
        transplanted(parsed, hasLength, one, other),
  ),
  'a name in the place of another': fc.tuple(fraction(), fraction()).map(
    ([one, other]) =>
      (parsed) =>
        transplanted(parsed, isName, one, other),
  ),
  'a text of hostile content': withValue(texts(), hasLength, (file, field, text) =>
    replaced(file, field, message(field.number, text)),
  ),
};

/** Two to five of the changes, one after the other. */
export function severalChanges(): Arbitrary<Change> {
  const some = fc.array(fc.oneof(...Object.values(changes)), { minLength: 2, maxLength: 5 });
  return some.map(
    (all) =>
      ({ file }) =>
        all.reduce((bytes, change) => change(parsed(bytes)), file),
  );
}

export function parsed(file: Uint8Array): Parsed {
  const parts = new Map<string, Field[]>();
  for (const field of fieldsOf(file)) {
    const path = pathOf(field);
    const part = parts.get(path);
    if (part) part.push(field);
    else parts.set(path, [field]);
  }
  return { file, parts: [...parts.values()] };
}

function at(fits: Fits, change: (file: Uint8Array, field: Field) => Uint8Array): Arbitrary<Change> {
  return withValue(fc.constant(undefined), fits, change);
}

function withValue<T>(
  values: Arbitrary<T>,
  fits: Fits,
  change: (file: Uint8Array, field: Field, value: T) => Uint8Array,
): Arbitrary<Change> {
  return fc.tuple(fraction(), values).map(([place, value]) => (parsed) => {
    const field = chosen(parsed, fits, place);
    return field === undefined ? parsed.file : change(parsed.file, field, value);
  });
}

type Fits = (field: Field, file: Uint8Array) => boolean;

/** Each part of the schema gets its share, however often it occurs: most fields are attributes of nodes. */
function chosen({ file, parts }: Parsed, fits: Fits, place: number): Field | undefined {
  const fitting = parts
    .map((part) => part.filter((field) => fits(field, file)))
    .filter((part) => part.length > 0);
  if (fitting.length === 0) return undefined;
  return itemAt(itemAt(fitting, place), (place * fitting.length) % 1);
}

function pathOf({ number, parent }: Field): string {
  return parent === undefined ? String(number) : `${pathOf(parent)}.${number}`;
}

function swapped(parsed: Parsed, one: number, place: number): Uint8Array {
  const { file } = parsed;
  const field = chosen(parsed, () => true, one);
  if (field === undefined) return file;
  const siblings = field.parent?.fields ?? parsed.parts.flat().filter(({ parent }) => parent === undefined);
  const other = itemAt(siblings, place);
  const [first, second] = field.start < other.start ? [field, other] : [other, field];
  if (first === second) return file;
  const between = file.subarray(first.end, second.start);
  const both = { ...first, end: second.end };
  return replaced(file, both, Buffer.concat([bytesOf(file, second), between, bytesOf(file, first)]));
}

function transplanted(parsed: Parsed, fits: Fits, one: number, other: number): Uint8Array {
  const { file } = parsed;
  const [into, from] = [chosen(parsed, fits, one), chosen(parsed, fits, other)];
  if (into === undefined || from === undefined) return file;
  return replaced(file, into, message(into.number, contentOf(file, from)));
}

/** From the inside out, so that it takes time in proportion to the depth only. */
function nested(content: Uint8Array, number: number, depth: number, cycle: readonly number[]): Uint8Array {
  const heads: Uint8Array[] = [];
  let length = content.length;
  for (let level = 0; level < depth; level += 1) {
    const head = Buffer.concat([tag(cycle[level % cycle.length] ?? number, 2), varint(length)]);
    heads.push(head);
    length += head.length;
  }
  return message(number, Buffer.concat([...heads.reverse(), content]));
}
