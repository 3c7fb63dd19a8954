import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check } from '../check/check.js';
import { faultInCheck } from '../check/shape-of-check.js';
import { unlessNotInstalled } from '../engine/runtime/not-installed.js';
import { UserError } from '../verdict/user-error.js';
import type { CheckModule } from './check-module.js';

/** A module of checks that cannot be used; the message names it and says why. */
export class BadChecks extends UserError {
  constructor(module: string, why: string, remedy = '') {
    super(`${module}: ${why}`, remedy);
  }
}

/**
 * Modules of checks that others wrote, after those of this package: files, or installed packages, as seen from the first
 * of the folders where they are. Each exports a list, `checks`, with ids in a namespace of its own. @throws BadChecks
 */
export async function withOwnChecks(
  bundled: CheckModule,
  named: readonly string[],
  folders: readonly string[],
): Promise<readonly CheckModule[]> {
  const suites = new Set(bundled.checks.map(suiteOf));
  const modules = [bundled];
  for (const name of named) {
    const file = fileOf(name, folders);
    const checks = await checksOf(file, name);
    for (const check of checks) {
      if (suites.has(suiteOf(check))) throw inOurSuite(name, check);
      const other = modules.find((module) => module.checks.some(({ id }) => id === check.id));
      if (other) throw new BadChecks(name, `${check.id}: ${other.name} has a check of this id already.`);
      if (checks.filter(({ id }) => id === check.id).length > 1)
        throw new BadChecks(name, `${check.id}: two of its checks have this id.`);
    }
    modules.push({ file, name: path.relative(folders[0] ?? '', file), checks });
  }
  return modules;
}

function fileOf(name: string, folders: readonly string[]): string {
  const there = folders.map((folder) => path.resolve(folder, name)).find(isFile);
  if (there !== undefined) return there;
  const installed = isPath(name) ? [] : folders.flatMap((folder) => installedIn(folder, name));
  const [file] = installed;
  if (file !== undefined) return file;
  const nor = isPath(name) ? '' : ', and no such package is installed';
  throw new BadChecks(name, `there is no such file${nor}.`);
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}

function isPath(name: string): boolean {
  return name.startsWith('.') || path.isAbsolute(name);
}

function installedIn(folder: string, name: string): string[] {
  try {
    return [createRequire(path.join(folder, 'here.js')).resolve(name)];
  } catch (error) {
    return unlessNotInstalled(error) ?? [];
  }
}

async function checksOf(file: string, name: string): Promise<readonly Check[]> {
  const { checks } = await imported(file, name);
  if (!Array.isArray(checks) || checks.length === 0)
    throw new BadChecks(name, 'it must export `checks`, a list of at least one check.');
  for (const [index, check] of checks.entries()) {
    const fault = faultInCheck(check);
    if (fault !== undefined) throw new BadChecks(name, `${titleOf(check, index)}: ${fault}`);
  }
  return checks;
}

async function imported(file: string, name: string): Promise<{ readonly checks?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new BadChecks(name, `it cannot be loaded: ${error instanceof Error ? error.message : error}`);
  }
}

/** A check as a message calls it, whatever it is. */
function titleOf(check: unknown, index: number): string {
  const id = typeof check === 'object' && check !== null && 'id' in check ? check.id : undefined;
  return typeof id === 'string' && id !== '' ? id : `check ${index + 1}`;
}

function inOurSuite(name: string, check: Check): BadChecks {
  const remedy = 'Begin the id with a name of your own, as in `acme/brightness`.';
  return new BadChecks(name, `${check.id}: \`${suiteOf(check)}\` is a suite of assay.`, remedy);
}

function suiteOf({ id }: Check): string {
  return id.split('/', 1).join();
}
