import { randomnessOf } from '../../harness/graph/randomness/random.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';

/** Whether a model has an operation that draws random numbers of which no seed is passed to it: they differ in each process. */
export async function drawsWithoutSeed(folder: string): Promise<boolean> {
  const { functions } = await readSavedModel(folder);
  const nodes = [...functions.values()].flatMap((one) => [...one.nodes]);
  return nodes.some((node) => (randomnessOf(node)?.by ?? 'seed') !== 'seed');
}
