import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The licenses of the packages that some modules belong to, as these ask for where their code is passed on. */
export function noticesOf(modules: readonly string[]): string {
  const packages = new Set(modules.flatMap((file) => packageOf(file) ?? []));
  return [...packages]
    .sort()
    .map(noticeOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package that a file belongs to; undefined for our own. */
function packageOf(file: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** @throws for a package that names no license: its code may not be passed on */
function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} names no license in its package.json.`);
  const texts = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
  return [
    `${name} ${version}: ${license}\n`,
    ...texts.map((file) => readFileSync(path.join(folder, file), 'utf8')),
  ].join('\n');
}
