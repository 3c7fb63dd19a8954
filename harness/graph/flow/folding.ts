type Numbers = readonly number[];

/** Axes and sizes are fewer; what a model asks for beyond is not counted out. */
const maxCount = 1024;

/** What operations make of constant scalars and vectors; undefined for others. */
export const folding: Readonly<Record<string, (inputs: readonly Numbers[]) => Numbers | undefined>> = {
  ConcatV2: (inputs) => (inputs.at(-1)?.[0] === 0 ? inputs.slice(0, -1).flat() : undefined),
  Pack: (scalars) => (scalars.every((each) => each.length === 1) ? scalars.flat() : undefined),
  Range: ([[start = 0] = [], [limit = 0] = [], [delta = 1] = []]) => counted(start, limit, delta),
  Add: ([one = [], other = []]) => ofScalars(one, other, (a, b) => a + b),
  AddV2: ([one = [], other = []]) => ofScalars(one, other, (a, b) => a + b),
  Sub: ([one = [], other = []]) => ofScalars(one, other, (a, b) => a - b),
};

function counted(start: number, limit: number, delta: number): Numbers | undefined {
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  return count <= maxCount ? Array.from({ length: count }, (_, at) => start + at * delta) : undefined;
}

function ofScalars(
  [one, ...more]: Numbers,
  [other, ...others]: Numbers,
  combine: (a: number, b: number) => number,
): Numbers | undefined {
  return one === undefined || other === undefined || more.length + others.length > 0
    ? undefined
    : [combine(one, other)];
}
