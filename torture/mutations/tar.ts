import { Header, type HeaderData } from 'tar';

/** An entry of an archive, written as it is said, sane or not. */
export type Entry = HeaderData & {
  readonly content?: Uint8Array;
  /** Bytes of the header to overwrite, at their offset, before the checksum is made. */
  readonly patches?: readonly (readonly [offset: number, bytes: string])[];
  /** The bytes of the field; left out, the right sum. */
  readonly checksum?: string;
};

/** An archive; `size` is the content's where it is left out. */
export function tarOf(entries: readonly Entry[]): Uint8Array {
  return Buffer.concat([...entries.map(bytesOf), Buffer.alloc(1024)]);
}

/** A model that an archive holds, but for what is to be spoilt. */
export const sane: readonly Entry[] = [
  { path: 'variables/', type: 'Directory', mode: 0o755 },
  { path: 'saved_model.pb', content: Buffer.from('graph') },
  { path: 'variables/variables.index', content: Buffer.from('index') },
];

/** The content of an entry for extended headers: each record begins with its own length. */
export function paxOf(records: readonly (readonly [key: string, value: string])[]): Uint8Array {
  return Buffer.concat(
    records.map(([key, value]) => {
      const text = ` ${key}=${value}\n`;
      const digits = String(Buffer.byteLength(text)).length;
      const length = Buffer.byteLength(text) + digits;
      return Buffer.from(`${String(length).length > digits ? length + 1 : length}${text}`);
    }),
  );
}

function bytesOf({ content = new Uint8Array(), patches = [], checksum, ...data }: Entry): Uint8Array {
  const block = Buffer.alloc(512);
  new Header({ type: 'File', mode: 0o644, size: content.length, ...data }).encode(block);
  for (const [offset, bytes] of patches) block.write(bytes, offset, 'latin1');
  block.write(checksum ?? sumOf(block), 148, 'latin1');
  return Buffer.concat([block, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** The sum of all bytes, those of its own field as spaces. */
function sumOf(block: Uint8Array): string {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return `${sum.toString(8).padStart(6, '0')}\0 `;
}
