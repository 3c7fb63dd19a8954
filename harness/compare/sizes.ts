import type { Endpoint } from '../savedmodel/saved-model.js';
import type { ContractDifference } from '../verdict/comparison.js';
import { forAll } from './effects.js';

/** Sizes of images that only NEW takes; those that only OLD takes show in calls, as far as they are promised. */
export function sizes(before: Endpoint, after: Endpoint): ContractDifference[] {
  const [old, now] = [sizesOf(before), sizesOf(after)];
  const covers = ({ height, width }: Sides) =>
    now.some((one) => [null, height].includes(one.height) && [null, width].includes(one.width));
  const more = now.filter(
    ({ height, width }) => !old.some((one) => one.height === height && one.width === width),
  );
  if (more.length === 0 || old.length === 0 || !old.every(covers)) return [];
  const told = {
    what: 'sizes of images',
    old: old.map(sizeText).join(', '),
    new: now.map(sizeText).join(', '),
  };
  return [forAll('widening', { ...told, why: 'Every size that OLD takes is taken.' })];
}

/** null: any. */
type Sides = { readonly height: number | null; readonly width: number | null };

function sizesOf({ concreteFunctions }: Endpoint): Sides[] {
  const shapes = concreteFunctions.flatMap(({ positional: [images] }) =>
    images?.kind === 'tensor' && images.shape?.length === 4 ? [images.shape] : [],
  );
  const sizes = shapes.map(([, height = null, width = null]) => ({ height, width }));
  return sizes.filter((one, at) => sizes.findIndex((other) => sizeText(other) === sizeText(one)) === at);
}

function sizeText({ height, width }: Sides): string {
  return `${height ?? 'any'}×${width ?? 'any'}`;
}
