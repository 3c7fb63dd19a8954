import { arch, platform } from 'node:os';
import { SourceUnavailable } from './source-unavailable.js';

/** What differs from one operating system and processor to another. */
export type Platform = {
  /** As in the run's report: `linux-x64`. */
  readonly name: string;
  /** Python packages with TensorFlow for this platform, in the order to try. */
  readonly packages: readonly string[];
  /** The processor, as named in wheel tags: `x86_64`. */
  readonly machine: string;
  /** Library file names in wheels. */
  readonly wheelLibraries: readonly [string, string];
  /** Library file names in the C library's archive. */
  readonly plainLibraries: readonly [string, string];
  /** The rpath that means "beside the addon". */
  readonly besideAddon: string;
  readonly compiler: string;
  readonly installCompiler: string;
  readonly installPython: string;
};

/** This machine's platform. @throws SourceUnavailable on one that TensorFlow has no wheels or headers for */
export function thisPlatform(): Platform {
  return platformOf(`${platform()}-${arch()}`);
}

/** @throws SourceUnavailable as above */
export function platformOf(name: string): Platform {
  if (name === 'linux-x64') return linux(name, 'x86_64', ['tensorflow-cpu', 'tensorflow']);
  if (name === 'linux-arm64') return linux(name, 'aarch64', ['tensorflow', 'tensorflow-cpu-aws']);
  if (name === 'darwin-arm64') return mac(name, 'arm64', ['tensorflow', 'tensorflow-macos']);
  if (name === 'darwin-x64') return mac(name, 'x86_64', ['tensorflow']);
  throw new SourceUnavailable(
    `There is no TensorFlow for ${name}: assay runs on Linux and macOS, x64 and arm64.`,
    name.startsWith('win32')
      ? 'On Windows, run assay inside WSL: wsl --install'
      : 'Run assay on one of those.',
  );
}

function linux(name: string, machine: string, packages: readonly string[]): Platform {
  return {
    name,
    packages,
    machine,
    wheelLibraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    plainLibraries: ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
    besideAddon: '$ORIGIN',
    compiler: 'g++',
    installCompiler: 'apt-get install g++   (Fedora: dnf install gcc-c++)',
    installPython: 'apt-get install python3-pip   (Fedora: dnf install python3-pip)',
  };
}

function mac(name: string, machine: string, packages: readonly string[]): Platform {
  return {
    name,
    packages,
    machine,
    wheelLibraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    plainLibraries: ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
    besideAddon: '@loader_path',
    compiler: 'clang++',
    installCompiler: 'xcode-select --install',
    installPython: 'xcode-select --install',
  };
}
