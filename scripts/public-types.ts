import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { inProject, readJson } from '../proof/project.js';

type Manifest = { readonly exports: Readonly<Record<string, string | { readonly types: string }>> };

/** Leaves in dist/ the declarations of what the package exports, with those that they import, and no others. */
const { exports } = readJson<Manifest>('package.json');
const entries = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.types]));
const kept = reachable(entries.map((file) => inProject(file)));
for (const file of globSync('dist/**/*.d.ts', { cwd: inProject(), absolute: true }))
  if (!kept.has(path.normalize(file))) rmSync(file);

function reachable(files: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    reachable(importsOf(file), found);
  }
  return found;
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)\.js'/g)].map(([, relative]) =>
    path.resolve(path.dirname(file), `${relative}.d.ts`),
  );
}
