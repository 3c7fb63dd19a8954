import { release } from 'node:os';
import type { Platform } from './platform.js';
import { SourceUnavailable } from './source-unavailable.js';

/** Platform tags of the wheels that run here, the best first. @throws SourceUnavailable on a Linux without glibc */
export function wheelTags({ name, machine }: Platform): string[] {
  if (name.startsWith('darwin')) return macosTags(machine, release());
  return glibcTags(machine, glibcVersion());
}

/** One tag: pip itself takes wheels for older systems, too. `kernel`: Darwin's version, such as `24.1.0`. */
export function macosTags(machine: string, kernel: string): string[] {
  return [`macosx_${Math.max(11, macosOf(kernel))}_0_${machine}`];
}

/** Minor versions of glibc 2 that wheels are built for. */
const minors = [39, 35, 34, 31, 28, 27, 24, 17];

/** The tags that a glibc such as `2.36` satisfies. */
export function glibcTags(machine: string, glibc: string | undefined): string[] {
  if (glibc === undefined)
    throw new SourceUnavailable(
      "TensorFlow's wheels need glibc, which this Linux (Alpine?) does not have.",
      'Use an image that is based on Debian, such as node:22-slim.',
    );
  const [, minor = 0] = glibc.split('.').map(Number);
  const tags = minors.filter((each) => each <= minor).map((each) => `manylinux_2_${each}_${machine}`);
  return [...tags, `manylinux2014_${machine}`];
}

function glibcVersion(): string | undefined {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime;
}

/** The macOS that a Darwin kernel belongs to: 21 is macOS 12, and since macOS 26 the two are one apart. */
function macosOf(kernel: string): number {
  const darwin = Number.parseInt(kernel, 10);
  return darwin < 25 ? darwin - 9 : darwin + 1;
}
