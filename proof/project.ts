import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, as seen from the compiled tests. */
export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

export function inProject(...parts: readonly string[]): string {
  return path.join(projectFolder, ...parts);
}

export function readJson<T>(...parts: readonly string[]): T {
  return JSON.parse(readFileSync(inProject(...parts), 'utf8')) as T;
}

/** A broken twin: which check must catch it, and which others fail as a consequence. */
export type Twin = {
  readonly twin: string;
  readonly check: string;
  /** The kind of fault that it stands for: `Gradients that are not finite`. */
  readonly family: string;
  readonly fault: string;
  readonly also?: Readonly<Record<string, string>>;
};

export function twins(): Twin[] {
  return readJson<Twin[]>('models-under-test', 'twins.json');
}

/** Names of the conforming models: those with a spec in `specs/`. */
export function conformingModels(): string[] {
  return readdirSync(inProject('specs'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''));
}
