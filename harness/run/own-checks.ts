import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Check, levelOf } from '../check/check.js';
import { faultInCheck } from '../check/shape-of-check.js';
import type { Contract } from '../contract/contract.js';
import type { CheckModule } from './check-module.js';
import { BadChecks, findModule } from './find-module.js';

/**
 * Modules of checks that others wrote, after those of this package: files, or installed packages, as seen from the first
 * of the folders where they are. Each exports a list, `checks`, with ids in a namespace of its own. @throws BadChecks
 */
export async function withOwnChecks(
  bundled: CheckModule,
  named: readonly string[],
  folders: readonly string[],
): Promise<readonly CheckModule[]> {
  const modules = [bundled];
  for (const name of named) {
    const file = findModule(name, folders);
    const own = { file, name: path.relative(folders[0] ?? '', file), checks: await checksOf(file, name) };
    expectOwnIds(own, modules, name);
    modules.push(own);
  }
  return modules;
}

/** Sees to it that each custom check has a level for each of these contracts. @throws BadChecks */
export function expectLevels(modules: readonly CheckModule[], contracts: readonly Contract[]): void {
  for (const { name, checks } of modules) {
    if (name === undefined) continue;
    for (const check of checks) for (const contract of contracts) expectLevel(name, check, contract);
  }
}

function expectLevel(name: string, check: Check, contract: Contract): void {
  try {
    levelOf(check, contract);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadChecks(name, `${check.id}: \`level\` fails for ${contract.name}: ${why}`);
  }
}

function expectOwnIds({ checks }: CheckModule, before: readonly CheckModule[], name: string): void {
  const suites = before.filter((module) => module.name === undefined).flatMap(suitesOf);
  for (const [index, { id }] of checks.entries()) {
    const suite = suiteOf(id);
    if (suites.includes(suite)) {
      const remedy = 'Begin the id with a name of your own, as in `acme/brightness`.';
      throw new BadChecks(name, `${id}: \`${suite}\` is a suite of assay.`, remedy);
    }
    const other = before.find((module) => module.checks.some((check) => check.id === id));
    if (other) throw new BadChecks(name, `${id}: ${other.name} has a check of this id already.`);
    if (checks.findIndex((check) => check.id === id) < index)
      throw new BadChecks(name, `${id}: two of its checks have this id.`);
  }
}

function suitesOf({ checks }: CheckModule): string[] {
  return checks.map(({ id }) => suiteOf(id));
}

function suiteOf(id: string): string {
  return id.split('/', 1).join();
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
    const why = error instanceof Error ? error.message : error;
    const remedy = 'It must be a module of JavaScript that exports `checks`: see docs/api.md.';
    throw new BadChecks(name, `it cannot be loaded: ${why}`, remedy);
  }
}

/** A check as a message calls it, whatever it is. */
function titleOf(check: unknown, index: number): string {
  const id = typeof check === 'object' && check !== null && 'id' in check ? check.id : undefined;
  return typeof id === 'string' && id !== '' ? id : `check ${index + 1}`;
}
