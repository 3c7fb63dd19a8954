import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { locationOf } from '../harness/contract/location.js';
import { parseSpec } from '../harness/contract/parsing/parse.js';
import { renderProblem } from '../harness/contract/problem/render.js';
import { confirmMarksIn } from '../harness/contract/yaml/confirm-marks.js';
import { plural } from '../harness/verdict/plural.js';
import { shellWord } from '../harness/verdict/shell-word.js';
import { visible } from '../reports/wording/visible.js';
import { asCalled } from './called-as.js';
import type { Api } from './init/guess-api.js';
import { specFor } from './init/spec-for.js';
import type { Io } from './io.js';
import { refusalText } from './refusal.js';
import { expectOutsideModels } from './report-folder.js';
import { fitted } from './window.js';

export type InitOptions = {
  /** Where to write the spec; `-` is the standard output. Default: beside the model, named after it. */
  readonly out?: string;
  /** Default: as it looks. */
  readonly api?: Api['name'];
  /** Overwrite a file that is there. */
  readonly force?: boolean;
};

/** `assay init`: writes a first spec from the files of a model. Returns 0, or 2 when it cannot. */
export async function init(model: string, options: InitOptions, io: Io): Promise<number> {
  try {
    const out = options.out ?? defaultFile(model);
    const location = locationOf(model, undefined, process.cwd());
    const text = await specFor(location, out === '-' ? process.cwd() : dirname(resolve(out)), options.api);
    expectSpec(text, out);
    if (out !== '-') expectOutsideModels(dirname(resolve(out)));
    if (out === '-') io.stdout.write(text);
    else await writeFile(out, text, { flag: options.force ? 'w' : 'wx' });
    if (out !== '-') io.stdout.write(written(out, text));
    return 0;
  } catch (error) {
    io.stderr.write(fitted(explained(error), io.stderr));
    return 2;
  }
}

function defaultFile(model: string): string {
  const path = resolve(model);
  return join(dirname(path), `${basename(path).replace(/\.(tar\.gz|tgz|tar)$/i, '')}.yaml`);
}

/** The written spec must be valid: anything else is a bug in this program. */
function expectSpec(text: string, out: string): void {
  const parsed = parseSpec(text, out);
  if (parsed.kind === 'contract') return;
  throw new Error(parsed.problems.map((problem) => renderProblem(problem, { color: false })).join('\n'));
}

function written(out: string, text: string): string {
  const open = confirmMarksIn(text).length;
  const file = visible(relative(process.cwd(), resolve(out)));
  return asCalled(
    `Wrote ${file}; ${plural(open, 'value')} to confirm, each marked. Then: assay check ${shellWord(file)}\n`,
  );
}

function explained(error: unknown): string {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return refusalText(error);
  if (error.code === 'EEXIST')
    return `${visible(String(error.path))} exists already.\n  → Overwrite it with --force, or choose another file with --out.\n`;
  const why = error.code === 'ENOENT' ? 'there is no such folder' : error.message;
  return `${visible(`${error.path} cannot be written: ${why}.`)}\n  → Choose another file with --out.\n`;
}
