import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import type { Check } from '../../harness/check/check.js';
import { inProject, projectFolder, twins } from '../../proof/project.js';
import { checkFiles } from '../list-of-checks.js';
import { type Names, namesFor } from './names.js';
import { type NewFile, newFiles } from './new-files.js';

type Options = { readonly kind: Check['kind']; readonly twin?: string };

await new Command('new-check')
  .description('Writes the files of a new check, and says what is left to do.')
  .argument('<suite/name>', 'the id of the check, which never changes once it is released')
  .addOption(
    new Option('--kind <kind>', 'how it is decided')
      .choices(['reading', 'property', 'measurement'])
      .default('property'),
  )
  .option('--twin <name>', 'a name for the broken model, after its fault; default: NAME-broken')
  .action((id: string, options: Options) => {
    process.exitCode = main(id, options);
  })
  .parseAsync();

/** Returns 0, or 2 where there is such a check or broken model already. */
function main(id: string, { kind, twin }: Options): number {
  const taken = checkFiles(projectFolder).map(({ exported }) => exported);
  const names = namesFor(id, twin, taken);
  if (names === undefined) return refused(`${id} is no id: write suite/name, in small letters.`);
  if (existsSync(inProject(`${names.file}.ts`))) return refused(`There is a check ${id} already.`);
  if (twins().some((one) => one.twin === names.twin))
    return refused(`There is a broken model ${names.twin} already: name another with --twin.`);
  const files = newFiles(names, kind, projectFolder);
  for (const { file, text } of files) write(inProject(file), text);
  const ours = files.map(({ file }) => file).filter((file) => file.endsWith('.ts'));
  execFileSync(inProject('node_modules/.bin/biome'), ['check', '--write', ...ours], {
    cwd: projectFolder,
    stdio: 'pipe',
  });
  process.stdout.write(`${whatIsThere(files)}\n${whatIsLeft(names)}`);
  return 0;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function refused(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

function whatIsThere(files: readonly NewFile[]): string {
  const width = Math.max(...files.map(({ file }) => file.length));
  return `Written:\n${files.map(({ file, holds }) => `  ${file.padEnd(width)}  ${holds}\n`).join('')}`;
}

function whatIsLeft({ file, twin }: Names): string {
  return `Left to do, wherever TODO stands (CONTRIBUTING.md tells how):
  1. Write the check and its unit test, until this passes:
       npm run build && npx vitest run dist/${file}.test.js
  2. Write the fault of ${twin}, and the rule in Python. Then write the model, and ask the rule about it:
       cd models-under-test && uv run export.py ${twin} && uv run export.py --verify ${twin}
  3. Run the check on that model, which must fail it, and on a sound one, which must not:
       node dist/bundle/cli.js check models-under-test/twins/${twin}.yaml specs/tiny-features.yaml
  4. Write the documentation anew:
       UPDATE_DOCS=1 npx vitest run dist/test/parity.test.js
  5. Run it on every model there is, then all tests:
       npm run proof -- --seeds 1 && npm run check
`;
}
