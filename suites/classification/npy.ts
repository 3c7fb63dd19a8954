/** A NumPy file that holds no row of scores; the message is a sentence that says why. */
export class NotScores extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotScores';
  }
}

/**
 * The row in a NumPy file: an array of float32 or float64 and of shape [N] or [1, N], whose values lie in the same order
 * whatever the order of its dimensions. Source: the format's versions 1 to 3, `numpy.lib.format`. @throws NotScores
 */
export function scoresIn(bytes: Uint8Array): Float64Array {
  const { header, data } = partsOf(bytes);
  const read = readerOf(fieldOf(header, /'descr': *'([^']*)'/) ?? 'records');
  const count = countOf(fieldOf(header, /'shape': *\(([^)]*)\)/) ?? '');
  if (data.byteLength !== count * read.bytes)
    throw new NotScores(`It should hold ${count * read.bytes} bytes of values and holds ${data.byteLength}.`);
  return Float64Array.from({ length: count }, (_, index) => read.at(data, index * read.bytes));
}

const magic = '\x93NUMPY';

function partsOf(bytes: Uint8Array): { header: string; data: DataView } {
  if (String.fromCharCode(...bytes.subarray(0, magic.length)) !== magic || bytes.length < 12)
    throw new NotScores('It is not a NumPy file.');
  const view = viewOf(bytes);
  const [start, length] =
    view.getUint8(6) === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const end = start + length;
  if (end > bytes.length) throw new NotScores('It ends within its header.');
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
function readerOf(descr: string) {
  const little = descr.startsWith('<');
  switch (descr.slice(1)) {
    case 'f4':
      return { bytes: 4, at: (data: DataView, offset: number) => data.getFloat32(offset, little) };
    case 'f8':
      return { bytes: 8, at: (data: DataView, offset: number) => data.getFloat64(offset, little) };
    default:
      throw new NotScores(`Its values are ${descr}; float32 and float64 can be compared.`);
  }
}

function countOf(shape: string): number {
  const sizes = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  const row = sizes.length === 2 && sizes[0] === 1 ? sizes.slice(1) : sizes;
  const [count] = row;
  if (count === undefined || row.length > 1 || !Number.isInteger(count))
    throw new NotScores(`Its shape is [${sizes.join(', ')}]; expected one row, [N] or [1, N].`);
  return count;
}
