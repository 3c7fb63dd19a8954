import type { PythonValue } from '../saved-model.js';
import { compatibleShapes } from '../shape.js';
import type { ArgumentValue } from './argument-value.js';
import { convert } from './convert.js';
import { pythonEquals } from './match.js';

/**
 * What an argument becomes under a constraint: for a tensor spec a tensor of its dtype and shape, for a plain value
 * the argument itself where it equals that value; undefined when it cannot be cast. No constraint changes nothing.
 */
export function castTo(
  constraint: PythonValue | undefined,
  argument: ArgumentValue,
): ArgumentValue | undefined {
  switch (constraint?.kind) {
    case 'tensor': {
      const tensor = convert(argument, constraint.dtype, 'exact');
      if (tensor?.dtype !== constraint.dtype || !compatibleShapes(tensor.shape, constraint.shape))
        return undefined;
      return { ...tensor, shape: constraint.shape };
    }
    case 'none':
    case 'bool':
    case 'int':
    case 'float':
    case 'string':
    case 'dtype':
    case 'shape':
      return argument.kind !== 'argument-tensor' && pythonEquals(constraint, argument) ? argument : undefined;
    default:
      return argument;
  }
}
