import type { GraphNode } from '../../savedmodel/saved-model.js';
import { factsOf } from './catalogue.js';

/** Whether an operation makes two or a few values out of many, as is done between a random number and a mask. */
export function decides({ op, attributes }: GraphNode): boolean {
  const to = attributes.get('DstT');
  const acts = factsOf(op)?.acts;
  return (acts !== undefined && acts !== 'adds') || (to?.kind === 'type' && /^(bool|u?int)/.test(to.value));
}
