import type { Attribute, GraphNode } from '../../savedmodel/saved-model.js';
import { positionOf } from './arguments.js';
import type { Condition, OperationFacts } from './operation-facts.js';

/**
 * Whether what makes an operation harmless, or not random, is so. `constantText` gives the text that an input holds as a
 * constant. What is not known, such as an attribute that a caller fills, does not hold.
 */
export function conditionHolds(
  { attribute, input, is }: Condition,
  { takes }: OperationFacts,
  node: GraphNode,
  constantText: (input: string | undefined) => string | undefined = () => undefined,
): boolean {
  const values = node.inputs.filter((each) => !each.startsWith('^'));
  const text =
    attribute === undefined
      ? constantText(values.at(positionOf(takes, input ?? '') ?? values.length))
      : textOf(node.attributes.get(attribute));
  return text !== undefined && new RegExp(`^(?:${is})$`, 's').test(text);
}

function textOf(attribute: Attribute | undefined): string | undefined {
  switch (attribute?.kind) {
    case undefined:
      return '';
    case 'string':
      return attribute.value;
    case 'bool':
    case 'int':
    case 'float':
      return String(attribute.value);
    case 'list':
      return attribute.items.map((item) => textOf(item) ?? '?').join();
    default:
      return undefined;
  }
}
