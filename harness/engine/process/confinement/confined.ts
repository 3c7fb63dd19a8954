import { mkdirSync } from 'node:fs';
import { bubblewrapped } from './bubblewrap.js';
import { environment } from './environment.js';
import { systemTool } from './system-tool.js';

/** How a process is started so that what runs in it reaches as little as the system allows. */
export type Confined = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
};

/**
 * A Node process with a folder of its own, which is made: empty, its working folder and the home that it is told. It reads
 * the paths, and where the system has the means, nothing else.
 */
export function confined(args: readonly string[], folder: string, paths: readonly string[]): Confined {
  mkdirSync(folder, { recursive: true });
  const apart = bubblewrapped(paths, folder) ?? privileges();
  const all = [...fewDescriptors(), ...limits(), ...apart, process.execPath, ...args];
  const [command = process.execPath, ...rest] = all;
  return { command, args: rest, env: environment(folder), cwd: folder };
}

/** The last descriptor that the process is given: the channel to its parent. */
const channel = 3;

/** Closes what whoever started assay left open, such as a file with a secret, and Node passes on. */
function fewDescriptors(): readonly string[] {
  const bash = systemTool('bash');
  if (bash === undefined) return [];
  const close = `for f in /proc/self/fd/*; do n=\${f##*/}; [ "$n" -le ${channel} ] || eval "exec $n>&-"; done`;
  return [bash, '--noprofile', '--norc', '-c', `${close}; exec "$@"`, 'bash'];
}

/** A file may be made, but nothing be written into one; pipes are no files. */
function limits(): readonly string[] {
  const prlimit = systemTool('prlimit');
  return prlimit === undefined ? [] : [prlimit, '--fsize=0', '--core=0', '--'];
}

/** Where bubblewrap, which does this too, does not work. */
function privileges(): readonly string[] {
  const setpriv = systemTool('setpriv');
  if (setpriv === undefined) return [];
  // Models may belong to another user, as in a container with a volume.
  const reading = ['--inh-caps=-all', '--bounding-set=-all,+dac_read_search'];
  const root = process.getuid?.() === 0 ? reading : [];
  return [setpriv, '--pdeathsig=KILL', '--no-new-privs', ...root, '--'];
}
