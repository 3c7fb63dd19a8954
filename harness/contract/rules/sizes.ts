import type { SizeRange } from '../contract.js';
import { defaults, rangeOf } from '../defaults.js';
import type { Fault } from '../problem/fault.js';
import { rangeInWords } from '../range-in-words.js';
import type { RawImageSize, RawSide } from '../raw-spec.js';
import type { SoundSpec, SpecRule } from './rule.js';

type Side = 'height' | 'width';
const sides: readonly Side[] = ['height', 'width'];

export const ranges: SpecRule = (spec) =>
  sides.flatMap((side) => {
    const value = spec.at<RawSide>('image_size', side);
    if (value === undefined || typeof value === 'number') return [];
    return rangeFaults(side, rangeOf(value));
  });

function rangeFaults(side: Side, { min, max, step }: SizeRange): Fault[] {
  const pointer = ['image_size', side];
  if (min > max) {
    return [
      {
        pointer: [...pointer, 'min'],
        at: 'value',
        message: `min ${min} is larger than max ${max}`,
        hint: 'swap them',
      },
    ];
  }
  const beyond = (max - min) % step;
  if (beyond === 0) return [];
  const message = `steps of ${step} from ${min} do not reach max ${max}`;
  const hint = `write \`max: ${max - beyond}\` or \`max: ${max - beyond + step}\``;
  return [{ pointer: [...pointer, 'max'], at: 'value', message, hint }];
}

export const recommendedSize: SpecRule = (spec) =>
  sides.flatMap((side, index) => {
    const pixels = spec.at<RawImageSize['recommended']>('image_size', 'recommended')?.[index];
    const range = soundRange(spec, side);
    if (pixels === undefined || range === undefined || allows(range, pixels)) return [];
    const message = `the recommended ${side} ${pixels} is not an allowed one`;
    return [
      {
        pointer: ['image_size', 'recommended', index],
        at: 'value',
        message,
        hint: `allowed: ${rangeInWords(range)}`,
      },
    ];
  });

export const pixelsPerCall: SpecRule = (spec) => {
  const limit = spec.at<number>('limits', 'pixels_per_call') ?? defaults.pixelsPerCall;
  const call = neededCalls(spec).find(({ count, height, width }) => count * height * width > limit);
  if (call === undefined) return [];
  const { count, height, width } = call;
  const pixels = count * height * width;
  const images = count === 1 ? 'one image' : `${count} images`;
  const message = `a call with ${images} of ${height}×${width} has ${pixels} pixels, but may have at most ${limit}`;
  const hint = `write \`limits: { pixels_per_call: ${pixels} }\` or more`;
  const isSet = spec.at('limits', 'pixels_per_call') !== undefined;
  return [{ pointer: isSet ? ['limits', 'pixels_per_call'] : ['image_size'], at: 'value', message, hint }];
};

/** With fewer images of the smallest size, nothing shows whether they influence each other, or of how many a batch may be. */
function neededCalls(spec: SoundSpec): { count: number; height: number; width: number }[] {
  const [height, width] = sides.map((side) => soundRange(spec, side));
  if (height === undefined || width === undefined) return [];
  const [usualHeight, usualWidth] = spec.at<readonly number[]>('image_size', 'recommended') ?? [];
  const smallest = { count: 3, height: height.min, width: width.min };
  if (usualHeight === undefined || usualWidth === undefined) return [smallest];
  return [smallest, { count: 1, height: usualHeight, width: usualWidth }];
}

function soundRange(spec: SoundSpec, side: Side): SizeRange | undefined {
  const value = spec.at<RawSide>('image_size', side) ?? squareSide(spec);
  if (value === undefined) return undefined;
  const range = rangeOf(value);
  return range.min <= range.max ? range : undefined;
}

function squareSide(spec: SoundSpec): number | undefined {
  const size = spec.at<number | RawImageSize>('image_size');
  return typeof size === 'number' ? size : undefined;
}

function allows({ min, max, step }: SizeRange, pixels: number): boolean {
  return pixels >= min && pixels <= max && (pixels - min) % step === 0;
}
