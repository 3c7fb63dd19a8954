import { availableParallelism } from 'node:os';
import { bundled } from '../api/bundled.js';
import type { Contract } from '../harness/contract/contract.js';
import { readSpec } from '../harness/contract/parsing/parse.js';
import { type OpenOptions, openSubject } from '../harness/engine/open.js';
import type { OpenSubject } from '../harness/engine/open-subject.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { makeWorkFolder, removeWorkFolder } from '../harness/engine/work-folder.js';
import { type CheckSpecsOptions, checkSpecs } from '../harness/run/check-specs.js';
import { readSpecs } from '../harness/run/read-specs.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from './project.js';

/** The contract of a spec that must be valid. */
export async function contractAt(specFile: string): Promise<Contract> {
  const parsed = await readSpec(specFile);
  if (parsed.kind === 'contract') return parsed.contract;
  throw new Error(parsed.problems.map(({ line, message }) => `${specFile}:${line}: ${message}`).join('\n'));
}

/** Opens a spec's model, passes it on, and always closes it. */
export async function withSubject<T>(
  specFile: string,
  use: (subject: OpenSubject, contract: Contract) => Promise<T>,
  change: Partial<Contract> = {},
): Promise<T> {
  const { subject, contract, close } = await openSpec(specFile, change);
  try {
    return await use(subject, contract);
  } finally {
    await close();
  }
}

/** Opens a spec's model; it stays open until it is closed. */
export async function openSpec(
  specFile: string,
  change: Partial<Contract> = {},
  how: Partial<OpenOptions> = {},
) {
  const contract = { ...(await contractAt(specFile)), ...change };
  const workFolder = makeWorkFolder();
  const { addon } = await ensureRuntime();
  if (contract.model.kind === 'url') throw new Error('The model of a test must be on disk.');
  const subject = await openSubject(await readSavedModel(contract.model.path), contract, {
    addon,
    workFolder,
    ...how,
  });
  const close = async () => {
    await subject.close();
    removeWorkFolder(workFolder);
  };
  return { subject, contract, close };
}

/** Runs specs as `assay check` does, with all checks unless said otherwise. */
export async function runOf(
  specs: readonly string[],
  seed: number,
  otherwise: Partial<CheckSpecsOptions> = {},
): Promise<Run> {
  const { checks } = bundled;
  const ids = checks.map(({ id }) => id);
  return checkSpecs(await readSpecs(specs, { checkIds: ids, confine: false }), {
    checks,
    modules: [bundled],
    seed,
    strict: false,
    processes: availableParallelism(),
    allowUnsafe: false,
    version: '0.0.0',
    cwd: inProject(),
    startedAt: new Date(0),
    environment: { node: '', os: '', tensorflow: '', tfjsNode: '' },
    addon: async () => (await ensureRuntime()).addon,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...otherwise,
  });
}
