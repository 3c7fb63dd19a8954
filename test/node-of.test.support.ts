import path from 'node:path';
import { run } from './run-command.js';

const platform = `${process.platform}-${process.arch}`;

/** A program of that Node: this one, or from the npm package of its binaries, in a folder; undefined where npm has none. */
export async function nodeOf(major: string, folder: string): Promise<string | undefined> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${platform}`;
  const prefix = path.join(folder, `node-${major}`);
  const options = ['--prefix', prefix, '--no-save', '--no-audit', '--no-fund', '--prefer-offline'];
  const { code } = await run('npm', ['install', ...options, `${name}@${major}`], { cwd: folder });
  return code === 0 ? path.join(prefix, 'node_modules', name, 'bin/node') : undefined;
}
