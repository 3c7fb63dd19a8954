import { dirname } from 'node:path';
import type { Contract } from '../contract/contract.js';
import { type ParsedSpec, type ParseOptions, readSpec } from '../contract/parsing/parse.js';
import { leadsOutOf, liesIn, repositoryAround } from '../contract/repository.js';
import { cacheFolder } from '../engine/runtime/cache.js';
import { specDigestOf } from './spec-digest.js';

/** A spec file, absolute, and what it says. */
export type ReadSpec = {
  readonly file: string;
  readonly parsed: ParsedSpec;
  /** Of what was read: the spec, and the files that it names. */
  readonly digest?: string | undefined;
  /** Its model was given beside it, and is not the one that it names. */
  readonly givenModel?: true;
};

/**
 * Reads and parses specs, each once for the whole run. `confine`: whether the files that specs name must lie in the repository of their spec.
 */
export async function readSpecs(
  files: readonly string[],
  options: ParseOptions & { readonly confine: boolean },
): Promise<readonly ReadSpec[]> {
  return Promise.all(
    files.map(async (file) => {
      const parsed =
        unrunnable(file, options.confine) ?? (await readSpec(file, { checkFiles: true, ...options }));
      return { file, parsed, digest: await specDigestOf(parsed) };
    }),
  );
}

/** What the specs promise that could be read. */
export function contractsOf(specs: readonly ReadSpec[]): readonly Contract[] {
  return specs.flatMap(({ parsed }) => (parsed.kind === 'contract' ? [parsed.contract] : []));
}

/** Vitest, which runs the specs, takes these characters in a path for the start of a query. */
function unrunnable(file: string, confine: boolean): ParsedSpec | undefined {
  const within = confine ? repositoryAround(dirname(file)) : undefined;
  if (within !== undefined && leadsOutOf(within, file))
    return problem(
      file,
      `This spec is a link out of the repository ${within}.`,
      'Put the spec itself there, or allow it with `--no-confine`.',
    );
  if (within !== undefined && liesIn(within, cacheFolder()))
    return problem(
      file,
      `The cache ${cacheFolder()} lies in the repository of this spec, which could hold any model and any TensorFlow in it.`,
      'Set ASSAY_CACHE to a folder outside of the repository, or allow it with `--no-confine`.',
    );
  if (!/[?#]/.test(file)) return undefined;
  const message = 'The path of this spec contains ? or #, so it cannot be run.';
  return problem(file, message, 'Rename the file or the folder that it is in.');
}

function problem(file: string, message: string, hint: string): ParsedSpec {
  return { kind: 'problems', problems: [{ file, line: 1, column: 1, text: '', message, hint }] };
}
