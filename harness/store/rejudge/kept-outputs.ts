import path from 'node:path';
import type { ComparedOutputs } from '../../check/violation.js';
import { npyIn, UnusableArray } from '../../images/read-npy.js';
import { readRegularFile } from '../../verdict/regular-file.js';
import type { Finding } from '../../verdict/run.js';
import { isSystemError } from '../../verdict/system-error.js';
import { UserError } from '../../verdict/user-error.js';

/** A file beside a run that is not what the run says of it. */
export class Contradiction extends UserError {
  constructor(file: string, why: string) {
    super(
      `The outputs in ${file} are not those of this run: ${why}`,
      'Judge the run again in the folder that `assay check` wrote, or run `assay check` again.',
    );
  }
}

/**
 * The two outputs that a finding names, read from the files beside its run; undefined where it names none, or one is gone.
 * `folder`: that of run.json. @throws Contradiction where one is another thing than the run says
 */
export function keptOutputs(finding: Finding, folder: string): ComparedOutputs | undefined {
  const [one, other] = (finding.outputs ?? []).map((file) => outputIn(file, folder));
  if (!one || !other) return undefined;
  const { compared, batch } = finding;
  requireRow(one, compared?.one.batch.count ?? batch?.count, compared?.one.row);
  requireRow(other, compared?.other.batch.count ?? batch?.count, compared?.other.row);
  return [one.output, other.output];
}

type Kept = { readonly file: string; readonly output: ComparedOutputs[number] };

/** In bytes: more than a run ever keeps of one. */
const maxBytes = 4 * 2 ** 20 + 2 ** 10;

function outputIn(named: string, folder: string): Kept | undefined {
  if (path.isAbsolute(named) || !/(?:^|[\\/])cases[\\/][\w.-]+\.npy$/.test(named))
    throw new Contradiction(named, 'outputs are kept as cases/NAME.npy.');
  const file = path.join(folder, named);
  try {
    const { shape, columnMajor, values } = npyIn(readRegularFile(file, maxBytes));
    const natural = shape.every((size) => Number.isInteger(size) && size > 0);
    if (shape.length !== 2 || columnMajor || !natural)
      throw new UnusableArray(`Its shape is [${shape.join(', ')}]; expected [rows, units] by rows.`);
    return { file, output: { dtype: 'float32', shape, values: Float32Array.from(values()) } };
  } catch (error) {
    if (error instanceof UnusableArray) throw new Contradiction(file, error.message);
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new Contradiction(file, `it cannot be read (${error.code}).`);
  }
}

function requireRow({ file, output: { shape } }: Kept, count: number | undefined, row = 0): void {
  const rows = shape[0] ?? 0;
  if (count !== undefined && rows !== count)
    throw new Contradiction(file, `it has ${rows} rows, and the finding is of ${count} images.`);
  if (row >= rows) throw new Contradiction(file, `it has ${rows} rows, and row ${row} was compared.`);
}
