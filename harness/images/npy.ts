/** Bytes before the values, so that those are aligned: the format asks for a multiple of 64. */
const alignment = 64;

/** A float32 tensor, row-major, as NumPy's `.npy` format 1.0 has it: `np.load` gives it back. */
export function npyOf(values: Float32Array, shape: readonly number[]): Buffer {
  const dimensions = shape.map((size) => `${size},`).join(' ');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 0, 0]);
  const length = Math.ceil((prefix.length + header.length + 1) / alignment) * alignment - prefix.length;
  prefix.writeUInt16LE(length, prefix.length - 2);
  return Buffer.concat([prefix, Buffer.from(`${header.padEnd(length - 1)}\n`), littleEndian(values)]);
}

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes;
}
