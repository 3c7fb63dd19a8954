/** A file that is no NumPy array of floating-point numbers; the message is a sentence that says why. */
export class UnusableArray extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableArray';
  }
}

/** An array of float32 or float64 in a NumPy file. */
export type NpyArray = {
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
  /** In the order in which they lie. @throws UnusableArray where the file has not as many bytes as the shape asks for */
  readonly values: () => Float64Array;
};

/** Reads what the header says. Source: the format's versions 1 to 3, `numpy.lib.format`. @throws UnusableArray */
export function npyIn(bytes: Uint8Array): NpyArray {
  const { header, data } = partsOf(bytes);
  const read = readerOf(fieldOf(header, /'descr': *'([^']*)'/) ?? 'records');
  const shape = sizesIn(fieldOf(header, /'shape': *\(([^)]*)\)/) ?? '');
  const columnMajor = fieldOf(header, /'fortran_order': *(True|False)/) === 'True';
  return { shape, columnMajor, values: () => valuesIn(data, shape, read) };
}

type ValueReader = {
  readonly bytes: number;
  readonly at: (data: DataView, offset: number) => number;
};

function valuesIn(data: DataView, shape: readonly number[], read: ValueReader): Float64Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.byteLength !== count * read.bytes)
    throw new UnusableArray(
      `It should hold ${count * read.bytes} bytes of values and holds ${data.byteLength}.`,
    );
  return Float64Array.from({ length: count }, (_, index) => read.at(data, index * read.bytes));
}

const magic = '\x93NUMPY';

function partsOf(bytes: Uint8Array): { header: string; data: DataView } {
  if (String.fromCharCode(...bytes.subarray(0, magic.length)) !== magic || bytes.length < 12)
    throw new UnusableArray('It is not a NumPy file.');
  const view = viewOf(bytes);
  const [start, length] =
    view.getUint8(6) === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const end = start + length;
  if (end > bytes.length) throw new UnusableArray('It ends within its header.');
  return {
    header: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end)),
    data: viewOf(bytes.subarray(end)),
  };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function fieldOf(header: string, pattern: RegExp): string | undefined {
  return pattern.exec(header)?.[1];
}

/** How values of a dtype are read, by NumPy's letters: byte order, kind, bytes. */
function readerOf(descr: string): ValueReader {
  const little = descr.startsWith('<');
  switch (descr.slice(1)) {
    case 'f4':
      return { bytes: 4, at: (data, offset) => data.getFloat32(offset, little) };
    case 'f8':
      return { bytes: 8, at: (data, offset) => data.getFloat64(offset, little) };
    default:
      throw new UnusableArray(`Its values are ${descr}; float32 and float64 can be compared.`);
  }
}

function sizesIn(shape: string): number[] {
  return shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
}
