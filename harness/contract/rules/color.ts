import type { RawColorRange } from '../raw-spec.js';
import type { SpecRule } from './rule.js';

export const colorRange: SpecRule = (spec) => {
  const value = spec.at<RawColorRange>('color_range');
  if (value === undefined || !('length' in value)) return [];
  const [min, max] = value;
  if (min < max) return [];
  const message = `color_range starts at ${min} and ends at ${max}`;
  return [
    { pointer: ['color_range'], at: 'value', message, hint: 'write the smaller value first: `[0, 1]`' },
  ];
};
