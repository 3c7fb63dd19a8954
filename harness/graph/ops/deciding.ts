import type { GraphNode } from '../../savedmodel/saved-model.js';

/** Whether an operation makes two or a few values out of many, as is done between a random number and a mask. */
export function decides({ op, attributes }: GraphNode): boolean {
  const to = attributes.get('DstT');
  return comparing.has(op) || rounding.has(op) || (to?.kind === 'type' && /^(bool|u?int)/.test(to.value));
}

/** They decide for each place anew, by what is there in all of their inputs. */
export const comparing: ReadonlySet<string> = new Set(
  `Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr NotEqual Select SelectV2`.match(/\w+/g),
);

const rounding: ReadonlySet<string> = new Set(
  `Bucketize Ceil Floor FloorDiv FloorMod LogicalNot Multinomial OneHot RandomShuffle RandomUniformInt Rint Round Sign
  StatefulRandomBinomial StatefulUniformInt StatelessMultinomial StatelessRandomBinomial StatelessRandomUniformInt
  StatelessRandomUniformIntV2 StatelessShuffle`.match(/\w+/g),
);

/** Where one of their inputs is dropped, the others stay. */
export const summing: ReadonlySet<string> = new Set('AccumulateNV2 Add AddN AddV2 Sub'.match(/\w+/g));

/** Their first input decides which of the others to take. */
export const choosing: ReadonlySet<string> = new Set(['Select', 'SelectV2']);
