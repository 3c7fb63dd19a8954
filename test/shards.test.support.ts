import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, type Ended, emptyFolder } from './run-command.js';

/** A small project, in whose folder everything runs. */
export type SmallProject = {
  /** A path in it. */
  readonly at: (...names: readonly string[]) => string;
  /** Checks all specs with seed 7; later options count. */
  readonly check: (options: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly merge: (parts: readonly string[], out: string) => Promise<Ended>;
  readonly runIn: (out: string) => Run;
  /** Makes `npx assay` run this checkout. */
  readonly install: () => void;
  readonly remove: () => void;
};

/** With two sound models and two broken twins; by their names, shard 1 of 3 has none of them, and shards 2 and 3 one of each. */
export function smallProject(): SmallProject {
  const { folder, remove } = emptyFolder();
  const at = (...names: readonly string[]) => path.join(folder, ...names);
  const specs = [
    'specs/tiny-features',
    'specs/bare-function',
    ...['float64-rows', 'batch-statistics-at-inference'].map((twin) => `models-under-test/twins/${twin}`),
  ];
  for (const spec of specs) copySpec(inProject(`${spec}.yaml`), at);
  return {
    at,
    check: (options, env = {}) => assay(['check', 'specs', '--seed', '7', ...options], { cwd: folder, env }),
    merge: (parts, out) => assay(['merge', ...parts, '--out', out], { cwd: folder }),
    runIn: (out) => JSON.parse(readFileSync(at(out, 'run.json'), 'utf8')),
    install: () => {
      mkdirSync(at('node_modules', '.bin'), { recursive: true });
      symlinkSync(inProject('dist/bundle/cli.js'), at('node_modules', '.bin', 'assay'));
    },
    remove,
  };
}

/** A spec with its model. */
function copySpec(spec: string, at: SmallProject['at']): void {
  const text = readFileSync(spec, 'utf8');
  const [, model = ''] = /^model: (.*)$/m.exec(text) ?? [];
  const name = path.basename(spec, '.yaml');
  cpSync(path.resolve(path.dirname(spec), model), at('models', name), { recursive: true });
  cpSync(spec, at('specs', `${name}.yaml`));
  writeFileSync(at('specs', `${name}.yaml`), text.replace(/^model: .*$/m, `model: ../models/${name}`));
}
