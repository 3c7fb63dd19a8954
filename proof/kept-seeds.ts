import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderDigest, toolDigest } from '../api/tool-digest.js';
import type { ModelRun } from '../harness/verdict/run.js';
import { inProject } from './project.js';
import type { SeedRun } from './seed-run.js';

type Kept = { readonly key: string; readonly results: readonly (readonly [spec: string, run: ModelRun])[] };

/** The seeds of a proof as they end, in a folder: one that takes hours can go on after it was interrupted. */
export class KeptSeeds {
  readonly #folder: string;
  readonly #tensorflow: string;
  readonly #files: readonly string[];

  constructor(folder: string, tensorflow: string) {
    this.#folder = path.join(folder, 'seeds');
    this.#tensorflow = tensorflow;
    this.#files = ['specs', 'models-under-test'].map((folder) => folderDigest(inProject(folder)));
    mkdirSync(this.#folder, { recursive: true });
  }

  /** A seed of this build, of the same models, TensorFlow and plan; undefined where none was kept. */
  find(seed: number, plan: Plan): SeedRun | undefined {
    const file = this.#fileOf(seed);
    if (!readdirSync(this.#folder).includes(path.basename(file))) return undefined;
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    return kept.key === this.#keyOf(plan) ? { seed, results: new Map(kept.results) } : undefined;
  }

  /** Keeps a seed; one that died is run again. */
  keep(run: SeedRun, plan: Plan): void {
    if (!('results' in run)) return;
    const kept: Kept = { key: this.#keyOf(plan), results: [...run.results] };
    writeFileSync(this.#fileOf(run.seed), JSON.stringify(kept));
  }

  #fileOf(seed: number): string {
    return path.join(this.#folder, `${seed}.json`);
  }

  #keyOf(plan: Plan): string {
    const planned = [...plan].map(([spec, checks]) => [path.basename(spec), checks.map(({ id }) => id)]);
    return JSON.stringify([toolDigest(), this.#tensorflow, this.#files, planned]);
  }
}

type Plan = ReadonlyMap<string, readonly { readonly id: string }[]>;
