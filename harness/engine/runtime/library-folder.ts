import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import type { Platform } from './platform.js';
import { SourceUnavailable } from './source-unavailable.js';

/** Where a folder has the files that the addon is compiled from. */
export type Libraries = {
  /** Absolute paths. */
  readonly libraries: readonly string[];
  /** The folder that holds them. */
  readonly folder: string;
  /** Holds `tensorflow/c/c_api.h`. */
  readonly include: string;
};

/**
 * Finds TensorFlow's libraries and headers in a folder: an installed Python package, the `site-packages` or the
 * virtual environment around it, or the C library's archive, unpacked. @throws SourceUnavailable that says what is missing
 */
export async function findLibraries(folder: string, platform: Platform): Promise<Libraries> {
  const candidates = await layouts(folder, platform);
  const found = await firstWith(candidates, ({ libraries }) => libraries);
  if (found === undefined)
    throw new SourceUnavailable(
      `${folder} has no ${platform.wheelLibraries.join(' and ')}.`,
      'assay setup --from SITE-PACKAGES/tensorflow',
    );
  const withHeaders = await firstWith([found], ({ include }) => [
    join(include, 'tensorflow', 'c', 'c_api.h'),
  ]);
  if (withHeaders !== undefined) return found;
  throw new SourceUnavailable(
    `${found.folder} has the libraries, but ${found.include} has no tensorflow/c/c_api.h.`,
    'assay setup --from SITE-PACKAGES/tensorflow',
  );
}

async function layouts(folder: string, platform: Platform): Promise<Libraries[]> {
  const environments = await glob('lib*/python3*/site-packages', {
    cwd: folder,
    onlyDirectories: true,
    deep: 3,
  });
  const packages = ['', 'tensorflow', ...environments.sort().map((name) => join(name, 'tensorflow'))];
  const wheels = packages.map((name) => ({
    folder: join(folder, name),
    libraries: platform.wheelLibraries.map((library) => join(folder, name, library)),
    include: join(folder, name, 'include'),
  }));
  const lib = join(folder, 'lib');
  const plain = platform.plainLibraries.map((library) => join(lib, library));
  return [...wheels, { folder: lib, libraries: plain, include: join(folder, 'include') }];
}

async function firstWith<T>(candidates: readonly T[], files: (candidate: T) => readonly string[]) {
  for (const candidate of candidates) {
    const there = await Promise.allSettled(files(candidate).map((file) => access(file)));
    if (there.every(({ status }) => status === 'fulfilled')) return candidate;
  }
  return undefined;
}
