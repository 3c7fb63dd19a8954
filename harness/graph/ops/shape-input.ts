/** Which input of a random operation is the shape of its result; undefined for other operations. */
export function shapeInput(op: string): number | undefined {
  if (
    !/^(Random|Stateless|Stateful|Truncated|Parameterized|RiscRandom)\w*(Uniform|Normal|Gamma|Poisson|Binomial)/.test(
      op,
    )
  )
    return undefined;
  if (!op.startsWith('Stateful')) return 0;
  return op === 'StatefulStandardNormal' ? 1 : 2;
}
