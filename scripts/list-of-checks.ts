import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';

/** A file that exports a check, by its path from the project, and the name by which it does. */
export type CheckFile = { readonly file: string; readonly exported: string };

/** The checks in `suites/` of a project. */
export function checkFiles(folder: string): CheckFile[] {
  const files = globSync('suites/*/*.ts', { cwd: folder, ignore: ['**/*.test.ts'] });
  return files.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const [, exported] = /^export const (\w+): Check\b.* = \{$/m.exec(text) ?? [];
    return exported === undefined ? [] : [{ file, exported }];
  });
}

/** The text of suites/all.ts. */
export function listText(checks: readonly CheckFile[]): string {
  const sorted = [...checks].sort(byFile);
  const imported = [...sorted, { file: 'suites/order.ts', exported: 'suites' }].sort(byFile);
  return `${[...harness, ...imported.map(importOf)].join('\n')}

/** Every check, in the order in which they run. \`npm run new-check\` writes this file from those that it lists. */
export const checks: readonly Check[] = inRunOrder(
  [
${sorted.map(({ exported }) => `    ${exported},`).join('\n')}
  ],
  suites,
).map((check) => (check.kind === 'measurement' ? { ...check, repeatable: true } : check));
`;
}

const harness = [
  "import type { Check } from '../harness/check/check.js';",
  "import { inRunOrder } from '../harness/check/run-order.js';",
];

function byFile(one: CheckFile, other: CheckFile): number {
  return one.file < other.file ? -1 : 1;
}

function importOf({ file, exported }: CheckFile): string {
  const from = path.posix.relative('suites', file).replace(/ts$/, 'js');
  return `import { ${exported} } from './${from}';`;
}
