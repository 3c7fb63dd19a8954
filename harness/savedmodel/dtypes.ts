/** TensorFlow's data types by their number in protocol buffers; 0 is none, and 100 more marks a reference. */
const names = [
  'invalid',
  'float32',
  'float64',
  'int32',
  'uint8',
  'int16',
  'int8',
  'string',
  'complex64',
  'int64',
  'bool',
  'qint8',
  'quint8',
  'qint32',
  'bfloat16',
  'qint16',
  'quint16',
  'uint16',
  'complex128',
  'float16',
  'resource',
  'variant',
  'uint32',
  'uint64',
  'float8_e5m2',
  'float8_e4m3fn',
  'float8_e4m3fnuz',
  'float8_e4m3b11fnuz',
  'float8_e5m2fnuz',
  'int4',
  'uint4',
  'int2',
  'uint2',
  'float4_e2m1fn',
] as const;

const referenceOffset = 100;

/** TensorFlow's name of a data type: `float32`, `bfloat16`, `float32_ref`; a number it does not know is `dtype 77`. */
export function dtypeName(number: number): string {
  const plain = names[number];
  if (plain !== undefined) return plain;
  const referred = names[number - referenceOffset];
  return referred === undefined ? `dtype ${number}` : `${referred}_ref`;
}

/** The number of a data type by its name; undefined for a name that TensorFlow does not have. */
export function dtypeNumber(name: string): number | undefined {
  const number = (names as readonly string[]).indexOf(name);
  return number < 0 ? undefined : number;
}
