import type { Size } from '../images/size.js';

/** A case, as far as its size matters. */
type Tried = { readonly batch: Size; readonly outcome: 'pass' | 'fail' | 'left-out' };

/** What tells the sizes that fail from those that pass, of cases alike but for their size; undefined where nothing simple does. */
export function sizePatternIn(tried: readonly Tried[]): string | undefined {
  const [failed, passed] = [sizesOf(tried, 'fail'), sizesOf(tried, 'pass')];
  if (failed.length < 2) return undefined;
  const counted = `${failed.length} of ${failed.length}`;
  const [alone] = passed;
  if (!alone) return `every size tried fails: ${counted}`;
  if (passed.length === 1) return `every size tried but ${alone.height}×${alone.width} fails: ${counted}`;
  const rule = [...kinds, ...thresholds(failed)].find(
    ({ holds }) => failed.every(holds) && !passed.some(holds),
  );
  return rule && `only sizes ${rule.words} fail: ${counted}; ${passed.length} others pass`;
}

type Rule = { readonly words: string; readonly holds: (size: Size) => boolean };

/** The simplest first. */
const kinds: readonly Rule[] = [
  { words: 'that are not square', holds: ({ height, width }) => height !== width },
  { words: 'that are square', holds: ({ height, width }) => height === width },
  { words: 'that are wider than high', holds: ({ height, width }) => width > height },
  { words: 'that are higher than wide', holds: ({ height, width }) => height > width },
  { words: 'of odd height', holds: ({ height }) => height % 2 === 1 },
  { words: 'of odd width', holds: ({ width }) => width % 2 === 1 },
  { words: 'with an odd side', holds: ({ height, width }) => height % 2 === 1 || width % 2 === 1 },
  { words: 'of even sides', holds: ({ height, width }) => height % 2 === 0 && width % 2 === 0 },
  ...[4, 8, 16, 32, 64].flatMap((step): Rule[] => [
    {
      words: `with a side that is no multiple of ${step}`,
      holds: ({ height, width }) => height % step !== 0 || width % step !== 0,
    },
    {
      words: `of which both sides are multiples of ${step}`,
      holds: ({ height, width }) => height % step === 0 && width % step === 0,
    },
  ]),
];

/** What the sizes that fail reach at least, or at most. */
function thresholds(failed: readonly Size[]): Rule[] {
  return Object.entries(measures).flatMap(([name, measure]): Rule[] => {
    const measured = failed.map(measure);
    const [least, most] = [Math.min(...measured), Math.max(...measured)];
    return [
      { words: `with a ${name} of ${least} or more`, holds: (size) => measure(size) >= least },
      { words: `with a ${name} of ${most} or less`, holds: (size) => measure(size) <= most },
    ];
  });
}

const measures: Readonly<Record<string, (size: Size) => number>> = {
  height: ({ height }) => height,
  width: ({ width }) => width,
  'longer side': ({ height, width }) => Math.max(height, width),
  'shorter side': ({ height, width }) => Math.min(height, width),
  'number of pixels': ({ height, width }) => height * width,
};

function sizesOf(tried: readonly Tried[], outcome: Tried['outcome']): Size[] {
  return tried.filter((one) => one.outcome === outcome).map(({ batch }) => batch);
}
