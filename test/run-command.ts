import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { inProject, projectFolder } from '../proof/project.js';

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

export type How = {
  readonly cwd?: string;
  /** In addition to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs a program to its end. Doesn't throw at an exit code. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd = projectFolder, env }: How = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

/** Runs this checkout's `assay`. */
export function assay(args: readonly string[], how: How = {}): Promise<Ended> {
  return run(process.execPath, [inProject('dist/bundle/cli.js'), ...args], how);
}

/** An empty folder outside the project, and what removes it. */
export function emptyFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'assay-test-')));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
