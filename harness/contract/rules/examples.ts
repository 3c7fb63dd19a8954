import type { Fault } from '../problem/fault.js';
import type { RawExample } from '../raw-spec.js';
import { describe } from '../schema/describe.js';
import type { SoundSpec, SpecRule } from './rule.js';

export const exampleClasses: SpecRule = (spec) =>
  spec.keys('examples').flatMap((key): Fault[] => {
    const index = Number(key);
    const answer = spec.at<RawExample>('examples', index)?.class;
    const trouble = answer === undefined ? undefined : troubleWith(answer, spec);
    return trouble === undefined ? [] : [{ pointer: ['examples', index, 'class'], at: 'value', ...trouble }];
  });

function troubleWith(
  answer: number | string,
  spec: SoundSpec,
): { message: string; hint: string } | undefined {
  if (spec.at('api') === 'image-feature-vector') {
    return { message: 'a feature vector has no classes', hint: 'use `output: scores.npy` instead' };
  }
  const count = spec.at<number>('num_classes');
  if (count === 1) {
    return { message: 'with one class, every image has it', hint: 'use `output: scores.npy` instead' };
  }
  if (typeof answer === 'string') {
    if (spec.at('classes') !== undefined || spec.isBlamed('classes')) return undefined;
    const hint = 'add `classes: labels.txt`, or use the index of the class';
    return {
      message: `${describe(answer)} is the name of a class, but the spec has no list of classes`,
      hint,
    };
  }
  if (count === undefined || answer < count) return undefined;
  return {
    message: `there is no class ${answer}; there are ${count}`,
    hint: `indices run from 0 to ${count - 1}`,
  };
}
