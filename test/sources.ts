import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { inProject, projectFolder } from '../proof/project.js';

export type Source = {
  /** Relative to the project, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
};

/** What a file imports: a file of the project, or a package. */
export type Import =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly name: string };

/** Every TypeScript file but the generated ones. */
export function sources(): Source[] {
  const files = globSync(
    ['*.ts', '{harness,suites,reports,api,cli,test,bench,proof,torture,scripts}/**/*.ts'],
    {
      cwd: projectFolder,
      ignore: ['**/gen/**'],
    },
  );
  return files.sort().map(sourceOf);
}

/** Whether a file only serves tests: it doesn't ship. */
export function isTest(file: string): boolean {
  return /\.test\.(support\.)?ts$|^(?:test|bench|proof|torture|scripts)\/|\/fixtures\//.test(file);
}

function sourceOf(file: string): Source {
  const text = readFileSync(inProject(file), 'utf8');
  return { file, text, imports: importsIn(text).map((from) => importOf(file, from)) };
}

/** Static and dynamic imports, re-exports, types, and what `require` is asked for. */
const importing =
  /^(?:import|export)\s(?:[^'";]*\sfrom\s)?'([^']+)'|\b(?:import|require|resolve)\('([^']+)'\)/gm;

function importsIn(text: string): string[] {
  return [...text.matchAll(importing)].map(([, fixed, dynamic]) => fixed ?? dynamic ?? '');
}

function importOf(file: string, from: string): Import {
  if (from.startsWith('.'))
    return { kind: 'file', file: path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.ts') };
  const words = from.split('/');
  return { kind: 'package', name: words.slice(0, from.startsWith('@') ? 2 : 1).join('/') };
}
