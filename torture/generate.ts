import fc from 'fast-check';
import type { Input, Kind } from './kind.js';

/** Input number `index` of a kind, at a seed: always the same. */
export function inputAt({ inputs }: Kind, seed: number, index: number): Input {
  const [input] = fc.sample(inputs, settings(seed, index));
  if (input === undefined) throw new Error('No input was made.');
  return input;
}

/** The smallest input found that still goes wrong, starting from one that does; within some seconds. */
export async function shrunk(
  { inputs }: Kind,
  seed: number,
  index: number,
  goesWrong: (input: Input) => Promise<boolean>,
): Promise<Input | undefined> {
  const until = performance.now() + shrinkMs;
  const late = () => performance.now() > until;
  const property = fc.asyncProperty(inputs, async (input) => late() || !(await goesWrong(input)));
  const { counterexample } = await fc.check(property, settings(seed, index));
  return counterexample?.[0];
}

const shrinkMs = 15_000;

function settings(seed: number, index: number) {
  return { seed: mixed(Math.imul(seed, 0x9e3779b1) + index), numRuns: 1, unbiased: true };
}

/** Seeds that follow each other begin with numbers that do, too. Source: the finalizer of MurmurHash3. */
function mixed(seed: number): number {
  const once = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) | 0;
}
