import path from 'node:path';
import type { ColorRange } from '../contract/contract.js';
import { inColorRange } from '../images/color-range.js';
import { contactSheet } from '../images/contact-sheet.js';
import { npyOf } from '../images/npy.js';
import { pixelsOf } from '../images/pixels.js';
import type { FailedOutputs, OutputRows } from '../run/failed-outputs.js';
import type { Batch } from '../verdict/batch.js';
import type { CheckResult, Finding, ModelRun, Run } from '../verdict/run.js';
import { type UnwrittenFile, whyNotWritten, writeAtomically } from './atomic-file.js';
import { CaseNames } from './case-names.js';
import { clearCases } from './clear-cases.js';

/** In bytes of pixels and of outputs. A larger batch is only described: `assay replay` makes it again. */
const maxBytes = { case: 16 * 2 ** 20, run: 256 * 2 ** 20 };

/**
 * Writes the batch of each finding into `cases/` below the folder of the reports: the pixels that the model got, a
 * picture of them, and the outputs whose rows were compared. Removes the cases of an earlier run. Returns the run with their paths. Stops at the first that
 * cannot be written, which leaves the remaining space to the reports.
 * `ranges`: the pixels that the spec of each model asks for; undefined where it could not be read. `outputsOf`: what a
 * failed check of a model compared, the model by its place in the run.
 */
export async function keepCases(
  run: Run,
  folder: string,
  ranges: readonly (ColorRange | undefined)[],
  outputsOf: OutputsOf = () => undefined,
): Promise<KeptCases> {
  await clearCases(folder);
  const keeper = new Keeper(folder);
  const models: ModelRun[] = [];
  for (const [at, model] of run.models.entries())
    models.push(await keeper.keep(model, ranges[at], (id) => outputsOf(at, id)));
  return { run: { ...run, models }, missing: keeper.missing };
}

/** The outputs that a failed check of a model of the run compared. */
export type OutputsOf = (model: number, check: string) => FailedOutputs | undefined;

export type KeptCases = { readonly run: Run; readonly missing: readonly UnwrittenFile[] };

/** The next name for a case of a check: for its pixels, or for one of the outputs. */
type NextName = (row?: 'one' | 'other') => string;

class Keeper {
  readonly missing: UnwrittenFile[] = [];
  readonly #folder: string;
  readonly #names = new CaseNames();
  #left = maxBytes.run;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async keep(
    model: ModelRun,
    range: ColorRange | undefined,
    outputsOf: (check: string) => FailedOutputs | undefined,
  ): Promise<ModelRun> {
    if (range === undefined) return model;
    const checks: CheckResult[] = [];
    for (const check of model.checks) {
      const { finding } = check;
      const names = (row?: 'one' | 'other') => this.#names.next(model, check, row);
      checks.push(
        finding
          ? { ...check, finding: await this.#keepCase(finding, names, range, outputsOf(check.id)) }
          : check,
      );
    }
    return { ...model, checks };
  }

  async #keepCase(
    finding: Finding,
    names: NextName,
    range: ColorRange,
    outputs: FailedOutputs | undefined,
  ): Promise<Finding> {
    const pixels = finding.batch && (await this.#keepPixels(finding.batch, names, range));
    const paths = outputs && (await this.#keepOutputs(outputs, names));
    return { ...finding, ...(pixels ? { pixels } : {}), ...(paths ? { outputs: paths } : {}) };
  }

  async #keepPixels(batch: Batch, names: NextName, range: ColorRange): Promise<string | undefined> {
    const bytes = sizeOf(batch);
    if (bytes > maxBytes.case || !this.#hasRoom(bytes)) return undefined;
    return this.#written(names(), (file) => writeCase(file, batch, range));
  }

  async #keepOutputs(outputs: FailedOutputs, names: NextName): Promise<Finding['outputs']> {
    const [one, other] = outputs;
    if (!this.#hasRoom(one.values.byteLength + other.values.byteLength)) return undefined;
    const first = await this.#written(names('one'), (file) => writeRows(file, one));
    const second = await this.#written(names('other'), (file) => writeRows(file, other));
    return first !== undefined && second !== undefined ? [first, second] : undefined;
  }

  #hasRoom(bytes: number): boolean {
    if (bytes > this.#left || this.missing.length > 0) return false;
    this.#left -= bytes;
    return true;
  }

  /** The path of a case, relative to the folder of the reports; undefined where it could not be written. */
  async #written(name: string, write: (file: string) => Promise<void>): Promise<string | undefined> {
    const file = path.join(this.#folder, 'cases', name);
    const why = await whyNotWritten(() => write(file));
    if (why === undefined) return `cases/${name}.npy`;
    this.missing.push({ file: `${file}.npy`, why });
    return undefined;
  }
}

async function writeRows(file: string, { rows, units, values }: OutputRows): Promise<void> {
  await writeAtomically(`${file}.npy`, npyOf(values, [rows, units]));
}

async function writeCase(file: string, batch: Batch, range: ColorRange): Promise<void> {
  const shape = [batch.count, batch.height, batch.width, 3];
  await writeAtomically(`${file}.npy`, npyOf(inColorRange(pixelsOf(batch), range), shape));
  const picture = contactSheet(batch);
  if (picture) await writeAtomically(`${file}.png`, picture);
}

function sizeOf({ count, height, width }: Batch): number {
  return count * height * width * 3 * Float32Array.BYTES_PER_ELEMENT;
}
