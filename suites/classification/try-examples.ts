import { dirname, relative } from 'node:path';
import type { Contract, Example } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused, EngineError } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import { exampleSize } from '../../harness/images/example-size.js';
import type { Picture } from '../../harness/images/picture.js';
import type { Size } from '../../harness/images/size.js';
import { affordable, spaceOf } from '../../harness/images/space.js';
import type { EvidenceValue } from '../../harness/verdict/run.js';
import {
  answerOf,
  classNamesOf,
  type ExpectedAnswer,
  type Mistake,
  mistakeIn,
  topOf,
  UnknownAnswer,
} from './known-answer.js';

/** An example that was given to the model. */
export type ExampleResult = {
  /** The file as the spec names it. */
  readonly image: string;
  /** The image's own size; `picture` has that at which it was given. */
  readonly own: Size;
  readonly picture: Picture;
  readonly answer: ExpectedAnswer;
  /** Scores, or features. */
  readonly row: Float32Array;
  readonly mistake: Mistake | undefined;
};

/**
 * Tries every example; `undecided` lists those without a verdict, and why.
 * @throws CallRefused, CallFailed, naming the image
 */
export async function tryExamples(
  subject: Pick<Subject, 'call' | 'sizeOf'>,
  contract: Contract,
): Promise<{ readonly tried: readonly ExampleResult[]; readonly undecided: readonly string[] }> {
  const tried: ExampleResult[] = [];
  const undecided: string[] = [];
  const names = classNamesOf(contract);
  for (const example of contract.examples) {
    const image = relative(dirname(contract.specPath), example.image);
    try {
      tried.push(await tryExample(subject, contract, example, { image, names }));
    } catch (error) {
      if (!(error instanceof UnknownAnswer || error instanceof EngineError)) throw naming(image, error);
      undecided.push(`${image}: ${error.inFull}`);
      if (error instanceof EngineError && error.failure !== 'unreadable') break;
    }
  }
  return { tried, undecided };
}

async function tryExample(
  subject: Pick<Subject, 'call' | 'sizeOf'>,
  contract: Contract,
  example: Example,
  { image, names }: { readonly image: string; readonly names: readonly string[] },
): Promise<ExampleResult> {
  const answer = answerOf(example, names);
  const own = await subject.sizeOf(example.image);
  const size = exampleSize(own, contract.imageSize);
  if (!affordable(spaceOf(contract), size.height, size.width))
    throw new UnknownAnswer(
      `${text(size)} is more than \`limits.pixels_per_call\` allows.`,
      'Raise the limit.',
    );
  const picture: Picture = { file: example.image, count: 1, ...size };
  const { values: row } = await subject.call(picture);
  return { image, own, picture, answer, row, mistake: mistakeIn(row, answer, names) };
}

function naming(image: string, error: unknown): unknown {
  if (error instanceof CallFailed) return new CallFailed(`${image}: ${error.message}`, error.call);
  return error instanceof CallRefused ? new CallRefused(`${image}: ${error.message}`, error.call) : error;
}

/** "7 example images: 6 get their class, 1 its stored scores; 1 was resized: cat.png from 37×51 to 40×48". */
export function summaryOf(tried: readonly ExampleResult[]): string {
  const scores = tried.filter(({ answer }) => answer.kind === 'scores').length;
  const classes = tried.length - scores;
  const got = [
    ...(classes > 0 ? [`${classes} ${classes === 1 ? 'gets its' : 'get their'} class`] : []),
    ...(scores > 0 ? [`${scores} ${scores === 1 ? 'gets its' : 'get their'} stored scores`] : []),
  ];
  const resized = tried.filter(({ own, picture }) => text(own) !== text(picture));
  const listed = resized.map(
    ({ image, own, picture }) => `${image} resized from ${text(own)} to ${text(picture)}`,
  );
  const images = tried.length === 1 ? 'example image' : 'example images';
  return [`${tried.length} ${images}: ${got.join(', ')}`, ...listed].join('; ');
}

/** One example as reports may draw it. */
export function exampleEvidence({ image, own, picture, answer, row, mistake }: ExampleResult): EvidenceValue {
  return {
    image,
    size: [own.height, own.width],
    given: [picture.height, picture.width],
    ...(answer.kind === 'class' ? { class: answer.indices[0] ?? null, got: topOf(row) ?? null } : {}),
    right: mistake === undefined,
  };
}

function text({ height, width }: Size): string {
  return `${height}×${width}`;
}
