import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../../../verdict/package-files.js';
import { knownToThreads } from './known-to-threads.js';
import { systemTool } from './system-tool.js';
import { viewOf } from './view.js';

/** Libraries of the system, and what they and TensorFlow ask the system for. */
const ofSystem = [
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/local/lib',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/usr/share/zoneinfo',
  '/sys/devices/system',
];

/** The code of assay as it runs, and what says that it consists of modules. */
const ownCode = ['dist', 'package.json'].map(packageFile);

/** How bubblewrap starts a process that sees the paths and an empty folder only; undefined where the system has no bubblewrap that works. */
export function bubblewrapped(paths: readonly string[], folder: string): readonly string[] | undefined {
  const { file } = bubblewrap();
  if (file === undefined) return undefined;
  return [file, ...apart, ...visible(paths), '--tmpfs', folder, '--chdir', folder, ...readOnly(folder), '--'];
}

/**
 * Nothing is left to write to: of root, files of `/proc/sys` are those of the whole system, and a file system in memory
 * holds files without end, empty as they may be.
 */
function readOnly(folder: string): readonly string[] {
  return [folder, '/dev', '/proc', '/'].flatMap((place) => ['--remount-ro', place]);
}

/** Namespaces of its own, none of the rights of root, and no terminal. */
const apart = [
  ...['user', 'ipc', 'pid', 'net', 'uts', 'cgroup-try'].map((kind) => `--unshare-${kind}`),
  ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--proc', '/proc', '--dev', '/dev'],
];

function visible(paths: readonly string[]): readonly string[] {
  const system = ofSystem.filter((place) => existsSync(place));
  const all = [process.execPath, ...ownCode, ...paths];
  const { places, links } = viewOf([...all, ...all.flatMap(librariesOf)], system);
  return [
    ...[...system, ...places].flatMap((place) => ['--ro-bind', place, place]),
    ...[...links].flatMap(([link, place]) => ['--symlink', place, link]),
  ];
}

/** The libraries that a program or addon loads, wherever they are; none of another file. */
function librariesOf(file: string): readonly string[] {
  if (path.extname(file) !== '.node' && file !== process.execPath) return [];
  return knownToThreads(`libraries of ${file}`, () => listedLibraries(file));
}

function listedLibraries(file: string): readonly string[] {
  const ldd = systemTool('ldd');
  if (ldd === undefined) return [];
  const { stdout } = spawnSync(ldd, [file], { encoding: 'utf8' });
  return [...stdout.matchAll(/=> (\/.*) \(0x/g)].map(([, library = '']) => library);
}

/** The program, or why there is none that works here. */
type Bubblewrap = { readonly file?: string; readonly why?: string };

/** Whether the system has bubblewrap, and lets it make namespaces: in many containers it may not. */
export function bubblewrap(): Bubblewrap {
  return knownToThreads('bubblewrap', tried);
}

function tried(): Bubblewrap {
  const file = systemTool('bwrap');
  if (file === undefined) return {};
  const { status, stderr } = spawnSync(
    file,
    [...apart, ...visible([]), '--', process.execPath, '--version'],
    {
      encoding: 'utf8',
      timeout: 10_000,
    },
  );
  const [line = 'it does not answer'] = (stderr ?? '').split('\n').filter((text) => text.trim() !== '');
  return status === 0 ? { file } : { why: line.replace(/^bwrap: /, '') };
}
