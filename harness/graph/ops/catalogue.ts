import { readFileSync } from 'node:fs';
import { lazy } from '../../savedmodel/lazy.js';
import { moduleFile } from '../../verdict/package-files.js';
import type { OperationFacts } from './operation-facts.js';

/** What TensorFlow's operation of this name does; undefined for one that no TensorFlow since 2.12 has. */
export function factsOf(name: string): OperationFacts | undefined {
  return catalogue().get(name);
}

/** Every operation that some TensorFlow since 2.12 has, by name. Read when first asked for. */
export const catalogue = lazy((): ReadonlyMap<string, OperationFacts> => {
  const rows: readonly OperationFacts[] = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(rows.map((row) => [row.name, row]));
});

const file = moduleFile('harness/graph/ops/catalogue.json');
