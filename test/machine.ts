import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemTool } from '../harness/engine/process/confinement/system-tool.js';
import { inProject } from '../proof/project.js';
import { type Ended, emptyFolder, run } from './run-command.js';

/** A machine on which a check is run, and which something is wrong with. */
export type Machine = {
  /** A program that the check is started through, with its arguments. */
  readonly through?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default: a bundled one that conforms. */
  readonly model?: string;
  /** A line for its spec. */
  readonly limits?: string;
  readonly options?: readonly string[];
};

/** Folders of a test of its own, and what checks a model there. */
export type Bench = {
  readonly folder: string;
  readonly at: (...parts: readonly string[]) => string;
  readonly check: (machine?: Machine) => Promise<Ended & { readonly left: readonly string[] }>;
  readonly remove: () => void;
};

export const conforming = inProject('models-under-test', 'tiny-features');

/** Whether a program of the system is there and works, as without rights it may not. */
export async function works([program = '', ...args]: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    ({ code }) => code === 0,
    () => false,
  );
}

/** bubblewrap as a machine with other disks: the arguments change what a program sees of this one's. */
export function disks(...args: readonly string[]): readonly string[] {
  return [systemTool('bwrap') ?? 'bwrap', '--dev-bind', '/', '/', ...args, '--'];
}

/** A folder with a spec, `tmp` for temporary files and `out` for reports. */
export function bench(): Bench {
  const { folder, remove } = emptyFolder();
  const at = (...parts: readonly string[]) => path.join(folder, ...parts);
  for (const name of ['tmp', 'out']) mkdirSync(at(name));
  let specs = 0;
  const check = async ({
    through = [],
    env,
    cwd,
    model = conforming,
    limits = '',
    options = [],
  }: Machine = {}) => {
    specs += 1;
    const spec = specOf(model, at(`spec-${specs}.yaml`), limits);
    const asked = ['--only', 'output/finite', '--report', 'json', '--out', at('out', String(specs))];
    const [program = '', ...args] = [
      ...[...through, process.execPath, inProject('dist/bundle/cli.js'), 'check', spec],
      ...[...asked, ...options],
    ];
    const ended = await run(program, args, { cwd: cwd ?? folder, env: { TMPDIR: at('tmp'), ...env } });
    return { ...ended, left: [...readdirSync(at('tmp')), ...processesNaming(at('tmp'))] };
  };
  return { folder, at, check, remove };
}

/** The text of a report without its line breaks. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A spec that is checked fast. */
export function specOf(model: string, file: string, limits = ''): string {
  const lines = [
    `model: ${JSON.stringify(model)}`,
    'api: image-feature-vector',
    'image_size: { height: { min: 16, max: 24 }, width: { min: 16, max: 24 } }',
    'num_features: 8',
    'runs: 2',
    limits,
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

/** Command lines of running processes that name a path; empty where the system does not show them. */
export function processesNaming(text: string): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return ids.map(commandLine).filter((line) => line.includes(text));
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
