import { accessSync, constants, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { unlessSystemError } from '../../verdict/system-error.js';

/** How a process is started so that what runs in it reaches as little as the system allows. */
export type Confined = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
};

/** What a model's process is kept from, as far as this system has the means. */
export type Measure = {
  readonly name: string;
  /** The program that it takes; undefined for what needs none. */
  readonly by?: string;
  readonly inForce: boolean;
};

/** A Node process with a folder of its own, which is made: empty, its working folder and the home that it is told. */
export function confined(args: readonly string[], folder: string): Confined {
  mkdirSync(folder, { recursive: true });
  const [command = process.execPath, ...rest] = [...limits(), ...privileges(), process.execPath, ...args];
  return { command, args: rest, env: environment(folder), cwd: folder };
}

/** The measures, and which of them are in force here. */
export function measures(): readonly Measure[] {
  const { prlimit, setpriv } = tools();
  return [
    { name: 'an environment of named variables', inForce: true },
    { name: 'a folder of its own', inForce: true },
    { name: 'no file written, no core', by: 'prlimit', inForce: prlimit !== undefined },
    { name: 'no privileges gained, none of root but reading', by: 'setpriv', inForce: setpriv !== undefined },
    { name: 'death with its parent', by: 'setpriv', inForce: setpriv !== undefined },
  ];
}

/** A file may be made, but nothing be written into one; pipes are no files. */
function limits(): readonly string[] {
  const { prlimit } = tools();
  return prlimit === undefined ? [] : [prlimit, '--fsize=0', '--core=0', '--'];
}

function privileges(): readonly string[] {
  const { setpriv } = tools();
  if (setpriv === undefined) return [];
  // Models may belong to another user, as in a container with a volume.
  const reading = ['--inh-caps=-all', '--bounding-set=-all,+dac_read_search'];
  const root = process.getuid?.() === 0 ? reading : [];
  return [setpriv, '--pdeathsig=KILL', '--no-new-privs', ...root, '--'];
}

type Tools = { readonly prlimit: string | undefined; readonly setpriv: string | undefined };

let found: Tools | undefined;

function tools(): Tools {
  found ??= { prlimit: toolAt('prlimit'), setpriv: toolAt('setpriv') };
  return found;
}

/** Not where a user could put another program of the name. */
const systemFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'];

function toolAt(name: string): string | undefined {
  return systemFolders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    return unlessSystemError(error) ?? false;
  }
}

/** Variables that TensorFlow or the loader of its libraries reads. Any other may be a secret. */
const passedOn = [
  'CUDA_VISIBLE_DEVICES',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'OMP_NUM_THREADS',
  'TF_CPP_MIN_LOG_LEVEL',
  'TF_DETERMINISTIC_OPS',
  'TF_ENABLE_ONEDNN_OPTS',
  'TF_NUM_INTEROP_THREADS',
  'TF_NUM_INTRAOP_THREADS',
  'TZ',
];

function environment(folder: string): NodeJS.ProcessEnv {
  const passed = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    TF_CPP_MIN_LOG_LEVEL: '3',
    // Small images gain nothing from more threads, and several models run at once.
    TF_NUM_INTRAOP_THREADS: String(Math.max(1, Math.floor(availableParallelism() / 2))),
    ...Object.fromEntries(passed),
    HOME: folder,
    TMPDIR: folder,
  };
}
