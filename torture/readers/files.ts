import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../../proof/project.js';
import type { Input } from '../kind.js';

/** Folders in which the files of inputs stand, one for each base; what an input changed is put back before the next. */
export class Files {
  readonly #folder: string;
  readonly #changed = new Map<string, readonly string[]>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The folder with the files of an input. */
  place({ base = 'none', files }: Input): string {
    const folder = path.join(this.#folder, base);
    this.#restore(base, folder);
    for (const [file, bytes] of Object.entries(files)) {
      if (bytes === null) rmSync(path.join(folder, file));
      else writeFileSync(path.join(folder, file), bytes);
    }
    this.#changed.set(base, Object.keys(files));
    return folder;
  }

  #restore(base: string, folder: string): void {
    const changed = this.#changed.get(base);
    const original = inProject('models-under-test', base);
    if (changed === undefined) {
      mkdirSync(folder, { recursive: true });
      if (base !== 'none') cpSync(original, folder, { recursive: true });
    } else if (base !== 'none') {
      for (const file of changed) cpSync(path.join(original, file), path.join(folder, file));
    }
  }
}
