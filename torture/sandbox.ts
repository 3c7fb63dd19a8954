import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Folders around the workers, in which nothing may change but what is a worker's own. */
export type Sandbox = {
  readonly root: string;
  /** That archives aim at. */
  readonly canary: string;
  readonly temporary: string;
  readonly cwd: string;
  /** Of the workers: home and temporary folder are those of the sandbox. */
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
};

export function makeSandbox(): Sandbox {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'assay-torture-'));
  const [canary = '', temporary = '', cwd = '', home = ''] = ['canary', 'tmp', 'cwd', 'home'].map((name) =>
    path.join(root, name),
  );
  for (const folder of [canary, temporary, cwd, home]) mkdirSync(folder);
  writeFileSync(path.join(canary, 'precious'), 'unchanged');
  const { PATH = '' } = process.env;
  return {
    root,
    canary,
    temporary,
    cwd,
    environment: { PATH, HOME: home, TMPDIR: temporary },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Everything in a sandbox that is no worker's own, by path, with what would show a change. */
export function listing({ root }: Sandbox): ReadonlyMap<string, string> {
  return new Map(within(root));
}

/** Paths that came, went or changed. */
export function changedBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((one) => before.get(one) !== after.get(one));
}

function within(folder: string): [string, string][] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (name === 'own') return [];
    const stat = lstatSync(file);
    const mine: [string, string] = [file, `${stat.mode} ${stat.isFile() ? digestOf(file) : ''}`];
    return stat.isDirectory() ? [mine, ...within(file)] : [mine];
  });
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
