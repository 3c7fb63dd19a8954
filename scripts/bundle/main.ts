import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { inProject, readJson } from '../../proof/project.js';
import { noticesOf } from './notices.js';
import { pageScripts } from './page-scripts.js';
import { specValidator } from './spec-validator.js';

type Manifest = {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
};

const manifest = readJson<Manifest>('package.json');
const folder = 'dist/bundle';

/** What npm, Node, vitest's workers and the process of a model load by name. */
const entries = [
  ...[
    ...Object.values(manifest.bin),
    ...Object.values(manifest.exports).flatMap((door) => (typeof door === 'string' ? [] : [door.default])),
  ].map((file) => path.relative(folder, file)),
  'harness/engine/process/child.js',
  'harness/run/register.js',
  'suites/all.js',
];

/** What code reads beside itself. */
const data = ['harness/graph/ops/catalogue.json'];

/**
 * Writes what runs where npm installs the package, `dist/bundle`: the same code in few files, with the packages that it uses.
 * Loading a thousand files takes longer than checking a small model.
 */
const made = [
  ...(await pageScripts()),
  ['harness/contract/schema/spec-validator.cjs', await specValidator()] as const,
];
for (const [place, text] of made) writeFileSync(inProject('dist', place), text);
const chunks = await bundled();
for (const file of [...data, ...made.map(([place]) => place)])
  cpSync(inProject('dist', file), inProject(folder, file), { recursive: true });
writeFileSync(inProject(folder, 'licenses.txt'), noticesOf(chunks.flatMap(({ moduleIds }) => moduleIds)));
// What npx linked in a clone before there was a bundle still runs.
for (const file of [...Object.values(manifest.bin), 'dist/cli.js']) chmodSync(inProject(file), 0o755);

async function bundled(): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((file) => [file.replace(/\.js$/, ''), inProject('dist', file)])),
    platform: 'node',
    // Those that npm installs with us.
    external: Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
  });
  const { output } = await bundle.write({
    dir: inProject(folder),
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  return output.filter((one) => one.type === 'chunk');
}
