import { tensorOf } from './call-preparation.js';
import type { LoweredFunction } from './lowering/calls.js';
import type { Tensor } from './subject.js';
import type { TimedEngine } from './timed-engine.js';

/** What the regularization losses give for the variables as they are. */
export async function valuesOfLosses(
  engine: Pick<TimedEngine, 'send'>,
  losses: readonly LoweredFunction[],
  generation: number,
): Promise<Tensor[]> {
  const outputs = losses.flatMap(({ outputs: [output] }) => output ?? []);
  const work = { values: [], fetch: outputs.map(({ fetch }) => fetch) };
  const { tensors } = await engine.send(work, generation);
  return outputs.map((output, index) => tensorOf(output, tensors[index]));
}
