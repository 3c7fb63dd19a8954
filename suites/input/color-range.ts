import { always, type Check } from '../../harness/check/check.js';
import type { ColorRange } from '../../harness/contract/contract.js';

export const colorRange: Check = {
  id: 'input/color-range',
  level: 'must',
  demands: 'The model MUST take RGB values in [0, 1].',
  applies: always,
  kind: 'reading',
  read: (_model, contract) => {
    const declared = shown(contract.colorRange);
    if (declared === '[0, 1]') return { status: 'pass', summary: 'the spec declares [0, 1]' };
    const remedy =
      'Move the rescaling into the model before saving it, and leave color_range out of the spec.';
    return {
      status: 'fail',
      finding: { where: 'color_range of the spec', expected: '[0, 1]', actual: declared, remedy },
    };
  },
};

function shown(range: ColorRange): string {
  if (range.kind === 'range') return `[${range.min}, ${range.max}]`;
  return `[0, 1] standardized with mean [${range.mean.join(', ')}] and deviation [${range.std.join(', ')}]`;
}
