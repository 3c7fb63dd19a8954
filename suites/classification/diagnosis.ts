import type { ColorRange, Contract } from '../../harness/contract/contract.js';
import { unlessCallFails } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import type { Colors } from '../../harness/images/picture.js';
import { mistakeIn, topOf } from './known-answer.js';
import { certain, oddsText, probabilityByChance } from './odds.js';
import type { ExampleResult } from './try-examples.js';

/**
 * What a publisher can do about examples that fail. Where all of them would pass with other pixels, that is likely the
 * cause, reported with the odds of chance; where they would with other indices, if chance is ruled out.
 */
export async function remedyFor(
  subject: Pick<Subject, 'call'>,
  tried: readonly ExampleResult[],
  contract: Contract,
): Promise<string> {
  if (tried.length < contract.examples.length) return unexplained;
  const shift = shiftOf(tried, contract);
  if (shift !== undefined) return shift;
  const guesses = otherColors(contract);
  const chance = probabilityByChance(tried, contract.outputSize, guesses.length);
  if (chance >= certain && classesIn(tried) < 2) return unexplained;
  const right: Colors[] = [];
  for (const colors of guesses)
    if (await comesRight(subject, tried, colors).catch(unlessCallFails)) right.push(colors);
  const [likeliest] = right;
  if (!likeliest) return unexplained;
  return `All examples pass for ${right.map(described).join(', or for ')}. ${oddsText(chance)} ${fixFor(likeliest)}`;
}

const unexplained =
  'Compare with training: the values of the pixels, the order of the channels, the order of the classes, and whether the examples belong to this model.';

function classesIn(tried: readonly ExampleResult[]): number {
  return new Set(tried.map(({ answer }) => (answer.kind === 'class' ? answer.indices[0] : answer.file))).size;
}

function shiftOf(tried: readonly ExampleResult[], { outputSize }: Contract): string | undefined {
  const shifts = tried.map(({ answer, row, mistake }) => {
    if (answer.kind === 'scores') return mistake ? Number.NaN : undefined;
    return (topOf(row) ?? Number.NaN) - (answer.indices[0] ?? Number.NaN);
  });
  const [shift, ...others] = new Set(shifts.filter((one) => one !== undefined));
  if (others.length > 0 || probabilityByChance(tried, outputSize, 2) >= certain) return undefined;
  if (shift === 1)
    return 'Every example gets the class one above its own: the list of classes may lack a background class that the model has.';
  if (shift === -1)
    return 'Every example gets the class one below its own: the classes may be counted from 1, or the list may have a background class that the model lacks.';
  return undefined;
}

async function comesRight(
  subject: Pick<Subject, 'call'>,
  tried: readonly ExampleResult[],
  colors: Colors,
): Promise<boolean> {
  for (const { picture, answer } of tried) {
    const { values } = await subject.call({ ...picture, colors });
    if (mistakeIn(values, answer, [])) return false;
  }
  return true;
}

const mean = [0.485, 0.456, 0.406];

/** Color ranges that models are commonly trained on, the most likely first. */
const ranges: readonly { readonly range: ColorRange; readonly text: string; readonly code: string }[] = [
  { range: { kind: 'range', min: 0, max: 1 }, text: 'in [0, 1]', code: 'images' },
  { range: { kind: 'range', min: -1, max: 1 }, text: 'in [-1, 1]', code: 'images * 2.0 - 1.0' },
  { range: { kind: 'range', min: 0, max: 255 }, text: 'in [0, 255]', code: 'images * 255.0' },
  {
    range: { kind: 'standardized', mean, std: [0.229, 0.224, 0.225] },
    text: "standardized with ImageNet's mean and deviation",
    code: '(images - mean) / deviation',
  },
  {
    range: { kind: 'standardized', mean, std: [1 / 255, 1 / 255, 1 / 255] },
    text: "in [0, 255] minus ImageNet's mean",
    code: '(images - mean) * 255.0',
  },
];

/** All except the one that the spec declares; RGB before BGR. */
function otherColors({ colorRange }: Contract): readonly Colors[] {
  const declared = JSON.stringify({ range: colorRange, order: 'rgb' });
  const all = (['rgb', 'bgr'] as const).flatMap((order) => ranges.map(({ range }) => ({ range, order })));
  return all.filter((colors) => JSON.stringify(colors) !== declared);
}

function described({ range, order }: Colors): string {
  return `${order.toUpperCase()} ${ranges.find((one) => one.range === range)?.text}`;
}

function fixFor({ range, order }: Colors): string {
  const code = ranges.find((one) => one.range === range)?.code ?? 'images';
  if (order === 'rgb' && code === 'images') return 'Remove `color_range` from the spec.';
  const reversed = code === 'images' ? 'images[..., ::-1]' : `(${code})[..., ::-1]`;
  return `If it was trained on these, start the call with \`${order === 'rgb' ? code : reversed}\`, so that it takes RGB in [0, 1], and save the model again.`;
}
