import { positionOf } from '../ops/arguments.js';
import { factsOf } from '../ops/catalogue.js';
import { fresh, made, type Transfer } from './context.js';
import { chosen, sameAs } from './shaping.js';
import { everything } from './unary.js';
import { hull, opaqueIn } from './value.js';

/** What the catalogue lets say of an operation that has no rule of its own here. */
export function byUnits(op: string): Transfer {
  const facts = factsOf(op);
  const position = (facts?.of !== undefined && positionOf(facts.takes, facts.of)) || 0;
  switch (facts?.units) {
    case 'same':
      return sameAs(position);
    case 'keeps':
    case 'reshapes':
      return chosen(position);
    case 'combines':
      return (context, inputs) => {
        const varying = inputs.filter(({ varies }) => varies);
        return varying.length > 0 ? hull(context.numbering.fresh(), varying) : made(context, [], everything);
      };
    case 'contracts':
    case 'mixes':
    case 'reduces':
      return (context, inputs) =>
        inputs.some(({ varies }) => varies)
          ? fresh(context, opaqueIn(inputs))
          : made(context, [], everything);
    case 'draws':
      return (context) => fresh(context);
    case 'source':
    case 'shape-only':
      return (context) => made(context, [], everything);
    default:
      return (context, inputs) =>
        facts === undefined || inputs.some(({ varies }) => varies)
          ? fresh(context, op)
          : made(context, [], everything);
  }
}
